-- Question: Which change of the Employment Cost Index was known in May of each OEWS year?
-- Params: worker_group text
-- Columns: year year, worker_group text, quarter text, rate share, source text
-- Reads: cost_index, occupation_wage
with
years as (select distinct year from occupation_wage),
changes as (select * from cost_index where change_12_months is not null),

-- The newest up to March, of the group where it is held within a year, else of all workers.
final as (
    select
        years.year, changes.worker_group, changes.quarter,
        changes.change_12_months::double / 100 as rate, changes.source
    from years
    join changes
        on changes.quarter >= (years.year - 1) || '-06'
        and changes.quarter <= years.year || '-03'
        and changes.worker_group in ($worker_group, 'All workers')
    qualify row_number() over (
        partition by years.year
        order by changes.worker_group = $worker_group desc, changes.quarter desc
    ) = 1
)

select * from final
order by year
