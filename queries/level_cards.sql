-- Question: What does each level of a ladder ask, dimension by dimension, and in years?
-- Params: ladder text
-- Columns: level text, dimension text, descriptor text
-- Reads: level_descriptor, level_years
with
descriptors as (select * from level_descriptor),
experience as (select * from level_years),

final as (
    select level, dimension, descriptor from descriptors where ladder = $ladder
    union all
    select
        level, 'years, ' || kind as dimension,
        low || if(high is null, '+', '–' || high) || coalesce('. ' || note, '') as descriptor
    from experience
    where ladder = $ladder
)

select * from final
order by level, dimension
