-- Question: Which pay ranges came with a load, or with all that stand?
-- Params: load text
-- Columns: load ordinal, row ordinal, code text, function text, focus text, level text, title text, place text, currency text, pay_basis text, minimum currency, midpoint currency, maximum currency, midpoint_computed boolean, effective_date date, steps text
-- Reads: pay_range, pay_range_step, import_log
with
ranges as (select * from pay_range),
logged as (
    select load from import_log
    where kind = 'ranges' and (load::varchar = $load or ($load = '' and state = 'active'))
),
-- Such as 1: 50000.0; 2: 52000.5
stepped as (
    select
        load, row,
        string_agg(step || ': ' || pay / 100, '; ' order by step) as steps
    from pay_range_step
    group by load, row
),

final as (
    select
        load, row, code, function, focus, level, title, place, currency, pay_basis,
        minimum / 100 as minimum, midpoint / 100 as midpoint, maximum / 100 as maximum,
        midpoint_computed, effective_date, stepped.steps
    from ranges
    left join stepped using (load, row)
    semi join logged using (load)
)

select * from final
order by load, row
