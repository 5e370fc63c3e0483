-- Question: What does a level ask, dimension by dimension?
-- Params: ladder text, level text
-- Columns: dimension text, descriptor text, place ordinal
-- Reads: level_descriptor
with
descriptors as (select * from level_descriptor),

final as (
    select dimension, descriptor,
        list_position(
            ['summary', 'scope', 'autonomy', 'complexity', 'impact', 'decision rights',
                'leadership'],
            dimension
        ) as place
    from descriptors
    where ladder = $ladder and level = $level
)

select * from final
order by place
