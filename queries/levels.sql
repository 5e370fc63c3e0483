-- Question: Which levels do the ladders of jobs have, and to which focus does each belong?
-- Params: none
-- Columns: function text, function_title text, ladder text, focus text, focus_title text, track text, level text, ordinal ordinal, grade ordinal, title text, title_stated boolean
-- Reads: level, ladder, focus, job_function, job_profile
with
rungs as (select * from level),
ladders as (select * from ladder where kind = 'profiles'),
focuses as (select * from focus),
functions as (select * from job_function),
profiles as (select * from job_profile),

final as (
    select
        ladders.function, functions.title as function_title, rungs.ladder,
        focuses.focus, focuses.title as focus_title,
        rungs.track, rungs.level, rungs.ordinal, rungs.grade, rungs.title, rungs.title_stated
    from rungs
    join ladders on ladders.ladder = rungs.ladder
    join functions on functions.function = ladders.function
    join profiles on profiles.ladder = rungs.ladder and profiles.level = rungs.level
    join focuses on focuses.focus = profiles.focus
)

select * from final
order by function, ladder, ordinal, focus
