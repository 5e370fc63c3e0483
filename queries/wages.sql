-- Question: What do occupations earn by OEWS year, and which figures are only a lower bound?
-- Params: socs text[], years integer[]
-- Columns: year year, soc text, o_group text, area text, title text, employment count, mean USD, p10 USD, p25 USD, p50 USD, p75 USD, p90 USD, at_least text, hourly_median USD/hour, pay_basis text, currency text, source text, as_of text
-- Reads: occupation, occupation_wage, source
with
occupations as (select * from occupation),
wages as (select * from occupation_wage),
sources as (select * from source),

wide as (
    select
        year, soc, o_group, area,
        max(value) filter (statistic = 'mean')::double as mean,
        max(value) filter (statistic = 'p10')::double as p10,
        max(value) filter (statistic = 'p25')::double as p25,
        max(value) filter (statistic = 'p50')::double as p50,
        max(value) filter (statistic = 'p75')::double as p75,
        max(value) filter (statistic = 'p90')::double as p90,
        coalesce(string_agg(statistic, ', ' order by statistic) filter (at_least), '') as at_least
    from wages
    group by year, soc, o_group, area
),

final as (
    select
        wide.year, wide.soc, wide.o_group, wide.area, occupations.title,
        occupations.employment, wide.mean, wide.p10, wide.p25, wide.p50, wide.p75, wide.p90,
        wide.at_least, occupations.hourly_median::double as hourly_median,
        sources.pay_basis, 'USD' as currency, sources.source,
        wide.year || '-05' as as_of
    from wide
    join occupations
        on occupations.year = wide.year and occupations.soc = wide.soc
        and occupations.o_group = wide.o_group and occupations.area = wide.area
    join sources on sources.source = occupations.source
    where (len($socs::varchar[]) = 0 or list_contains($socs::varchar[], wide.soc))
        and (len($years::integer[]) = 0 or list_contains($years::integer[], wide.year))
)

select * from final
order by soc, year, o_group, area
