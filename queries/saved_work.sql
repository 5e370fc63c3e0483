-- Question: What was saved of a kind of work, in which versions? A gap tied to an employee counts while a roster has them.
-- Params: kind text
-- Columns: name text, version ordinal, why text, saved_at time, saved_by text, spec text
-- Reads: saved_work, employee, import_log
with
saved as (
    select
        *,
        case
            when kind = 'gap' and json_valid(spec) then json_extract_string(spec, '$.employee_id')
        end as employee_id
    from saved_work
),
standing as (select load from import_log where kind = 'roster' and state = 'active'),
people as (select employee_id from employee semi join standing using (load)),

final as (
    select name, version, why, saved_at, saved_by, spec
    from saved
    where kind = $kind and (
        coalesce(employee_id, '') = '' or employee_id in (select employee_id from people)
    )
)

select * from final
order by name, version
