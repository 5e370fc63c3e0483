-- Question: Which job profiles are there, with their place in the taxonomy?
-- Params: none
-- Columns: code text, function text, function_title text, family text, focus text, focus_title text, differential text, differential_note text, description text, ladder text, level text, track text, grade ordinal, title text, title_stated boolean, title_source text, grade_source text, version ordinal, confidence_label text, confidence number, status text, scope text, evidence_sources count, source text
-- Reads: job_profile, focus, focus_description, job_function, level
with
profiles as (select * from job_profile),
focuses as (select * from focus),
descriptions as (select * from focus_description),
functions as (select * from job_function),
rungs as (select * from level),

final as (
    select
        profiles.code, focuses.function, functions.title as function_title,
        coalesce(functions.family, functions.function) as family,
        focuses.focus, focuses.title as focus_title,
        focuses.differential, focuses.differential_note,
        coalesce(descriptions.description, '') as description,
        profiles.ladder, profiles.level, rungs.track, rungs.grade, rungs.title, rungs.title_stated,
        rungs.title_source, rungs.grade_source,
        profiles.version, profiles.confidence_label, profiles.confidence::double as confidence,
        profiles.status, profiles.scope, profiles.evidence_sources, profiles.source
    from profiles
    join focuses on focuses.focus = profiles.focus
    join functions on functions.function = focuses.function
    join rungs on rungs.ladder = profiles.ladder and rungs.level = profiles.level
    left join descriptions on descriptions.focus = profiles.focus
)

select * from final
order by function, ladder, grade, track desc, code
