-- Question: What does each level of a focus do, in order of the ladder?
-- Params: focus text
-- Columns: level text, grade ordinal, ordinal ordinal, responsibility text
-- Reads: responsibility, job_profile, level
with
duties as (select * from responsibility),
profiles as (select * from job_profile),
rungs as (select * from level),

final as (
    select duties.level, rungs.grade, duties.ordinal, duties.responsibility
    from duties
    join profiles on profiles.focus = duties.focus and profiles.level = duties.level
    join rungs on rungs.ladder = profiles.ladder and rungs.level = duties.level
    where duties.focus = $focus
)

select * from final
order by grade, level, ordinal
