-- Question: Which BLS wages came with a load, or with all that stand?
-- Params: load text
-- Columns: load ordinal, year year, soc text, title text, o_group text, area text, industry text, statistic text, value USD, at_least boolean
-- Reads: imported_wage, imported_occupation, import_log
with
wages as (select * from imported_wage),
occupations as (select * from imported_occupation),
logged as (
    select load from import_log
    where kind = 'oews' and (load::varchar = $load or ($load = '' and state = 'active'))
),

final as (
    select
        load, year, soc, title, o_group, area, industry, statistic, value::double as value,
        at_least
    from wages
    join occupations using (load, year, soc, o_group, area, industry)
    semi join logged using (load)
)

select * from final
order by load, year, soc, o_group, area, industry, statistic
