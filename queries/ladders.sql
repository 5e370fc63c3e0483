-- Question: Which ladders are there, and what are their levels?
-- Params: none
-- Columns: ladder text, ladder_title text, kind text, level text, track text, ordinal ordinal, grade ordinal, title text, title_stated boolean, title_source text, grade_source text, source text
-- Reads: ladder, level
with
ladders as (select * from ladder),
rungs as (select * from level),

final as (
    select
        ladders.ladder, ladders.title as ladder_title, ladders.kind, rungs.level, rungs.track,
        rungs.ordinal, rungs.grade, rungs.title, rungs.title_stated, rungs.title_source,
        rungs.grade_source, rungs.source
    from rungs
    join ladders on ladders.ladder = rungs.ladder
)

select * from final
order by kind, ladder, ordinal
