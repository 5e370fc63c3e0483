-- Question: Which skill is called for by one focus alone?
-- Params: none
-- Columns: focus text, skill text
-- Reads: skill
with
skills as (select * from skill),

final as (
    select any_value(focus) as focus, any_value(skill) as skill
    from skills
    group by lower(skill)
    having count(distinct focus) = 1
)

select * from final
order by focus, skill
