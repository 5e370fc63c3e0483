-- Question: Which guidelines apply to each level of a focus?
-- Params: focus text
-- Columns: level text, knowledge text, complexity text, collaboration text, degree_and_years text
-- Reads: guideline
with
rubric as (select * from guideline),

final as (
    select
        level,
        max(guideline) filter (dimension = 'knowledge') as knowledge,
        max(guideline) filter (dimension = 'complexity') as complexity,
        max(guideline) filter (dimension = 'collaboration') as collaboration,
        max(guideline) filter (dimension = 'degree and years') as degree_and_years
    from rubric
    where focus = $focus
    group by level
)

select * from final
order by level
