-- Question: Which published figures does the modelled ladder have to meet, and near which is M6 held?
-- Params: none
-- Columns: statistic text, value USD
-- Reads: pay_point
with
point as (select * from pay_point),

final as (
    select statistic, value::double as value
    from point
    where source = 'levels-fyi' and statistic in ('p25', 'p50', 'p75', 'p90')
    union all
    select 'anchor' as statistic, value::double as value
    from point
    where source = 'canon-m6' and statistic = 'p50'
)

select * from final
order by statistic
