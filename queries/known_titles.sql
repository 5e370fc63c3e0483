-- Question: Which titles are known to mean a job, or to name its work, and who says so?
-- Params: none
-- Columns: code text, title text, kind text, said_by text, source text
-- Reads: job_profile, focus, level, crosswalk, ladder, title_alias, source, title_correction
with
profiles as (select * from job_profile),
focuses as (select * from focus),
rungs as (select * from level),
ladders as (select * from ladder),
links as (select * from crosswalk where to_level is not null),
aliases as (select * from title_alias),
sources as (select * from source),
corrections as (select * from title_correction),

both_ways as (
    select ladder, level, to_ladder, to_level, source from links
    union all
    select to_ladder, to_level, ladder, level, source from links
),
-- A level's title names the job of the general focus where several focuses have the level.
general as (
    select profiles.* from profiles
    join focuses on focuses.focus = profiles.focus
    qualify count(*) over (partition by ladder, level) = 1 or focuses.differential = 'none'
),
stated as (
    select profiles.code, rungs.title, 'level' as kind, sources.title as said_by, sources.source
    from general as profiles
    join rungs on rungs.ladder = profiles.ladder and rungs.level = profiles.level
    join sources on sources.source = rungs.title_source
    union all
    select
        profiles.code, rungs.title, 'title' as kind,
        ladders.title || '; linked by ' || sources.title as said_by, sources.source
    from general as profiles
    join both_ways
        on both_ways.ladder = profiles.ladder and both_ways.level = profiles.level
    join rungs on rungs.ladder = both_ways.to_ladder and rungs.level = both_ways.to_level
    join ladders on ladders.ladder = both_ways.to_ladder
    join sources on sources.source = both_ways.source
),

final as (
    select * from stated
    union all
    select profiles.code, aliases.title, 'alias' as kind, sources.title as said_by,
        sources.source
    from aliases
    join sources on sources.source = aliases.source
    join profiles on profiles.focus = aliases.focus and profiles.level = aliases.level
    union all
    select profiles.code, aliases.title, 'work' as kind, sources.title as said_by,
        sources.source
    from aliases
    join sources on sources.source = aliases.source
    join profiles on profiles.focus = aliases.focus
    where aliases.level is null
    union all
    select corrections.code, corrections.title, 'correction' as kind,
        'your team' as said_by, 'own' as source
    from corrections
    join profiles on profiles.code = corrections.code
)

select * from final
order by code, kind, title, said_by
