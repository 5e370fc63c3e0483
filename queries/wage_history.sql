-- Question: How fast did each percentile of an occupation's wage rise over the years held?
-- Params: none
-- Columns: soc text, statistic text, first_year year, last_year year, first_wage USD, last_wage USD
-- Reads: occupation_wage
with
wages as (
    select * from occupation_wage
    where area = 'US' and not at_least and statistic in ('p10', 'p25', 'p50', 'p75', 'p90')
),

final as (
    select
        soc, statistic, min(year) as first_year, max(year) as last_year,
        min_by(value, year)::double as first_wage, max_by(value, year)::double as last_wage
    from wages
    group by soc, statistic
    having max(year) > min(year)
)

select * from final
order by soc, statistic
