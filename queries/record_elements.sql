-- Question: How many pay records have each pay element stated?
-- Params: none
-- Columns: element text, people count
-- Reads: pay_record, import_log
with
records as (select * from pay_record),
logged as (select load from import_log where kind = 'records' and state = 'active'),

counted as (
    select
        count(base) as base, count(base + variable) as target_cash,
        count(base + variable + equity) as total_comp, count(overtime) as overtime
    from records
    semi join logged using (load)
),

final as (
    select element, people
    from counted
    unpivot (people for element in (base, target_cash, total_comp, overtime))
)

select * from final
order by element
