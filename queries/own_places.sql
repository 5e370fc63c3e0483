-- Question: Where do the people of the rosters that stand work, each person once?
-- Params: none
-- Columns: place text, people count
-- Reads: employee, import_log
with
people as (select * from employee),
rosters as (select load from import_log where kind = 'roster' and state = 'active'),

newest as (
    select people.employee_id, people.place
    from people
    semi join rosters using (load)
    qualify row_number() over (
        partition by people.employee_id order by people.as_of desc, people.load desc
    ) = 1
),

final as (
    select place, count(*) as people from newest group by place
)

select * from final
order by people desc, place
