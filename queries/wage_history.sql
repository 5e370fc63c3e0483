-- Question: How fast did each percentile of an occupation's wage rise over the years held?
-- Params: socs text[]
-- Columns: soc text, statistic text, first_year year, last_year year, first_wage USD, last_wage USD
-- Reads: occupation_wage
with
national as (
    select * from occupation_wage
    where area = 'US' and list_contains($socs::varchar[], soc)
    qualify row_number() over (partition by soc, year order by o_group = 'detailed' desc) = 1
),
wages as (
    unpivot national on p10, p25, p50, p75, p90 into name statistic value wage
),

final as (
    select
        soc, statistic, min(year) as first_year, max(year) as last_year,
        min_by(wage, year)::double as first_wage, max_by(wage, year)::double as last_wage
    from wages
    where not contains(at_least, statistic)
    group by soc, statistic
    having max(year) > min(year)
)

select * from final
order by soc, statistic
