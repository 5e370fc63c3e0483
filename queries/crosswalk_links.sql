-- Question: Which levels of other ladders stand for the same work as a ladder's levels?
-- Params: ladder text
-- Columns: level text, to_ladder text, to_level text, to_title text, reason text, said_by text, ordinal ordinal
-- Reads: crosswalk, level, ladder, source
with
links as (select * from crosswalk),
rungs as (select * from level),
ladders as (select * from ladder),
sources as (select * from source),

both_ways as (
    select ladder, level, to_ladder, to_level, reason, source from links
    union all
    select to_ladder, to_level, ladder, level, reason, source from links
    where to_level is not null
),

final as (
    select
        both_ways.level, other.title as to_ladder, coalesce(both_ways.to_level, 'none') as to_level,
        coalesce(there.title, '') as to_title, both_ways.reason, sources.title as said_by,
        here.ordinal
    from both_ways
    join rungs as here on here.ladder = both_ways.ladder and here.level = both_ways.level
    join ladders as other on other.ladder = both_ways.to_ladder
    join sources on sources.source = both_ways.source
    left join rungs as there
        on there.ladder = both_ways.to_ladder and there.level = both_ways.to_level
    where both_ways.ladder = $ladder
)

select * from final
order by ordinal, to_ladder, to_level
