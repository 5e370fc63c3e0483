-- Question: Which values does each column of the pay records have that the sorted store does not order by?
-- Params: none
-- Columns: column text, value text, people count
-- Reads: pay_record, import_log
with
records as (select * from pay_record),
logged as (select load from import_log where kind = 'records' and state = 'active'),
stands as (select * from records semi join logged using (load)),

final as (
    select 'size' as "column", coalesce(size, 'not stated') as value, count(*) as people
    from stands
    group by all
    union all
    select 'organisation', organisation, count(*)
    from stands
    group by all
    union all
    select 'year', year(effective_date)::varchar, count(*)
    from stands
    group by all
    union all
    select 'date', effective_date::varchar, count(*)
    from stands
    group by all
)

select * from final
order by "column", value
