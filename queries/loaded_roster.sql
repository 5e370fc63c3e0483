-- Question: Which people came with a roster, or with all that stand?
-- Params: load text
-- Columns: load ordinal, row ordinal, employee_id text, title text, code text, match text, reason text, level text, place text, fte number, currency text, base currency, variable currency, hire_date date, sex text, as_of date, kept text
-- Reads: employee, import_log
with
people as (select * from employee),
logged as (
    select load from import_log
    where kind = 'roster' and (load::varchar = $load or ($load = '' and state = 'active'))
),

final as (
    select
        load, row, employee_id, title, code, match, reason, level, place, fte::double as fte,
        currency, base / 100 as base, variable / 100 as variable, hire_date, sex, as_of,
        to_json(kept)::varchar as kept
    from people
    semi join logged using (load)
)

select * from final
order by load, row
