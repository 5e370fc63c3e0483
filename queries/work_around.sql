-- Question: What surrounds the work: its motions, levers of pay, portfolios and market?
-- Params: none
-- Columns: kind text, ordinal ordinal, name text, meaning text, source text
-- Reads: work_context, portfolio, market_fact, occupation_outlook
with
context as (select * from work_context),
portfolios as (select * from portfolio),
facts as (select * from market_fact),
outlook as (select * from occupation_outlook),

final as (
    select kind, ordinal, name, meaning, source from context
    union all
    select 'portfolio' as kind, row_number() over (order by high desc) as ordinal, segment,
        low || ' to ' || high || ' accounts. ' || model, source
    from portfolios
    union all
    select 'market' as kind, row_number() over (order by subject) as ordinal, subject,
        if(low = high, low::integer || '', low::integer || ' to ' || high::integer)
            || ' ' || replace(unit, 'percent', 'per cent') || ', ' || as_of || '. ' || note,
        source
    from facts
    union all
    select 'market' as kind, 100 as ordinal, 'BLS projection for ' || soc || ' ' || title,
        printf('%,d jobs in %d, %d per cent by %d, %,d openings a year', employment_base,
            base_year, change_percent::integer, end_year, annual_openings),
        source
    from outlook
)

select * from final
order by kind, ordinal
