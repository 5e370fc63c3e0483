-- Question: Which values do the pay records have in each column that they can be divided or narrowed by?
-- Params: none
-- Columns: column text, value text, people count
-- Reads: pay_record, import_log
with
records as (select * from pay_record),
logged as (select load from import_log where kind = 'records' and state = 'active'),

counted as (
    select
        currency, function, focus, level, place, coalesce(size, 'not stated') as size,
        coalesce(title, 'not stated') as title,
        coalesce(department, 'not stated') as department,
        coalesce(tenure, 'not stated') as tenure, organisation, effective_date::varchar as date, year(effective_date)::varchar as year,
        count(*) as people
    from records
    semi join logged using (load)
    group by grouping sets (
        currency, function, focus, level, place, coalesce(size, 'not stated'),
        coalesce(title, 'not stated'), coalesce(department, 'not stated'),
        coalesce(tenure, 'not stated'), organisation, effective_date::varchar, year(effective_date)::varchar
    )
),

final as (
    select "column", value, people
    from counted
    unpivot (value for "column" in (currency, function, focus, level, place, size, title, department, tenure, organisation, date, year))
)

select * from final
order by "column", value
