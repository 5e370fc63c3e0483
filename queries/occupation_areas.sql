-- Question: What does an occupation pay in each place, in the newest year, and what beside the nation?
-- Params: soc text
-- Columns: area text, kind text, states text, year year, employment count, employment_rse percent, mean USD, mean_rse percent, p10 USD, p25 USD, p50 USD, p75 USD, p90 USD, at_least text, ratio factor, note text, source text
-- Reads: occupation_wage, oews_area
with
wages as (
    select * from occupation_wage where soc = $soc
    qualify row_number() over (
        partition by area order by year desc, o_group = 'detailed' desc
    ) = 1
),
nation as (select year, p50 from wages where area = 'US' and not contains(at_least, 'p50')),
areas as (select * from oews_area),

final as (
    select
        wages.area, coalesce(areas.kind, 'loaded') as kind, coalesce(areas.states, '') as states,
        wages.year, wages.employment, wages.employment_rse::double as employment_rse,
        wages.mean::double as mean, wages.mean_rse::double as mean_rse,
        wages.p10::double as p10, wages.p25::double as p25, wages.p50::double as p50,
        wages.p75::double as p75, wages.p90::double as p90, wages.at_least,
        if(contains(wages.at_least, 'p50'), null, wages.p50 / nation.p50)::double as ratio,
        wages.note, wages.source
    from wages
    left join areas on areas.area = wages.area
    left join nation on nation.year = wages.year
)

select * from final
order by kind = 'nation' desc, kind = 'state' desc, p50 desc nulls last, area
