-- Question: Which people came with a roster, or with all that stand, and who of them has left?
-- Params: load text
-- Columns: load ordinal, row ordinal, employee_id text, title text, code text, match text, reason text, level text, place text, fte number, currency text, base currency, variable currency, pay_is text, full_time_base currency, full_time_variable currency, hire_date date, status text, termination_date date, has_left boolean, sex text, as_of date, kept text
-- Reads: employee, import_log
with
people as (select * from employee),
logged as (
    select load from import_log
    where kind = 'roster' and (load::varchar = $load or ($load = '' and state = 'active'))
),
-- Pay of full-time work: pay as paid for the FTE, divided by it.
paid as (
    select
        people.*,
        case when pay_is = 'full-time' then 1 else fte::double end as paid_share,
        -- A date that has not passed is still staff; one before a later hire, or before a
        -- roster that says active or on leave, is of an earlier employment.
        case
            when termination_date >= current_date then false
            when status = 'left' then true
            when termination_date is null or termination_date < hire_date then false
            when status in ('active', 'on leave') and termination_date < as_of then false
            else true
        end as has_left
    from people
    semi join logged using (load)
),

final as (
    select
        load, row, employee_id, title, code, match, reason, level, place, fte::double as fte,
        currency, base / 100 as base, variable / 100 as variable,
        coalesce(pay_is, 'actual') as pay_is, base / 100 / paid_share as full_time_base,
        variable / 100 / paid_share as full_time_variable, hire_date, status, termination_date,
        has_left, sex, as_of, to_json(kept)::varchar as kept
    from paid
)

select * from final
order by load, row
