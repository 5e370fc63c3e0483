-- Question: Which skills does a focus call for?
-- Params: focus text
-- Columns: ordinal ordinal, skill text, meaning text
-- Reads: skill
with
skills as (select * from skill),

final as (
    select ordinal, skill, meaning from skills where focus = $focus
)

select * from final
order by ordinal
