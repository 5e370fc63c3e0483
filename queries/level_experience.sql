-- Question: How many years of experience do the sources name for a level?
-- Params: ladder text, level text
-- Columns: kind text, low years, high years, note text
-- Reads: level_years
with
years as (select * from level_years),

final as (
    select kind, low, high, coalesce(note, '') as note
    from years
    where ladder = $ladder and level = $level
)

select * from final
order by kind
