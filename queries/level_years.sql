-- Question: How many years of experience do the sources name for each level of the ladders of jobs?
-- Params: none
-- Columns: ladder text, level text, track text, grade ordinal, kind text, low years, high years
-- Reads: level_years, level, ladder
with
years as (select * from level_years),
rungs as (select * from level),
ladders as (select * from ladder where kind = 'profiles'),

final as (
    select years.ladder, years.level, rungs.track, rungs.grade, years.kind, years.low, years.high
    from years
    join ladders on ladders.ladder = years.ladder
    join rungs on rungs.ladder = years.ladder and rungs.level = years.level
)

select * from final
order by ladder, track desc, grade, kind
