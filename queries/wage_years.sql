-- Question: Which OEWS years does the store have?
-- Params: none
-- Columns: year year
-- Reads: occupation_wage
with
final as (select distinct year from occupation_wage)

select * from final
order by year
