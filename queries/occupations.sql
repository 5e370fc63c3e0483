-- Question: Which occupations does OEWS have, and what do they pay in the newest year?
-- Params: none
-- Columns: soc text, o_group text, title text, year year, employment count, employment_rse percent, p10 USD, p25 USD, p50 USD, p75 USD, p90 USD, at_least text, first_year year, change percent, source text
-- Reads: occupation_wage
with
national as (select * from occupation_wage where area = 'US'),
-- A group of one occupation alone has the same figures, and is left out.
newest as (
    select * from national
    where year = (select max(year) from national)
    qualify row_number() over (
        partition by string_split(soc, '-')[1], coalesce(employment || '/' || mean || '/' || p10 || '/' || p90, soc)
        order by list_position(['detailed', 'total', 'major', 'minor', 'broad'], o_group)
    ) = 1
),
-- What the same occupation paid five years before, if both medians are printed in full.
before as (
    select soc, o_group, year, p50 from national
    where p50 is not null and not contains(at_least, 'p50')
),

final as (
    select
        newest.soc, newest.o_group, newest.title, newest.year, newest.employment,
        newest.employment_rse::double as employment_rse, newest.p10::double as p10,
        newest.p25::double as p25, newest.p50::double as p50, newest.p75::double as p75,
        newest.p90::double as p90, newest.at_least, before.year as first_year,
        if(contains(newest.at_least, 'p50'), null, 100 * (newest.p50 / before.p50 - 1))::double
            as change,
        newest.source
    from newest
    left join before
        on before.soc = newest.soc and before.o_group = newest.o_group
        and before.year = newest.year - 5
)

select * from final
order by soc
