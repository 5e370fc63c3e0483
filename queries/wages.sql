-- Question: What do occupations earn by OEWS year and area, and which figures are only a lower bound?
-- Params: socs text[], years integer[], areas text[]
-- Columns: year year, soc text, o_group text, area text, title text, employment count, employment_rse percent, mean USD, mean_rse percent, p10 USD, p25 USD, p50 USD, p75 USD, p90 USD, at_least text, hourly_median USD/hour, note text, pay_basis text, currency text, source text, as_of text
-- Reads: occupation_wage, source
with
wages as (
    select * from occupation_wage
    where (len($socs::varchar[]) = 0 or list_contains($socs::varchar[], soc))
        and (len($years::integer[]) = 0 or list_contains($years::integer[], year))
        and (len($areas::varchar[]) = 0 or list_contains($areas::varchar[], area))
),
sources as (select * from source),

final as (
    select
        wages.year, wages.soc, wages.o_group, wages.area, wages.title, wages.employment,
        wages.employment_rse::double as employment_rse, wages.mean::double as mean,
        wages.mean_rse::double as mean_rse, wages.p10::double as p10, wages.p25::double as p25,
        wages.p50::double as p50, wages.p75::double as p75, wages.p90::double as p90,
        wages.at_least, wages.hourly_median::double as hourly_median, wages.note,
        sources.pay_basis, 'USD' as currency, sources.source, wages.year || '-05' as as_of
    from wages
    join sources on sources.source = wages.source
)

select * from final
order by soc, year, o_group, area
