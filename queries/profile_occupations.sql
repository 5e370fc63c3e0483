-- Question: To which occupations is a level of a focus mapped, and who says so?
-- Params: focus text, level text
-- Columns: soc text, soc_title text, asserted_by text, note text
-- Reads: classification, focus
with
mapped as (select * from classification),
focuses as (select * from focus),

final as (
    select mapped.soc, mapped.soc_title, mapped.asserted_by, mapped.note
    from mapped
    join focuses on focuses.function = mapped.function
    where focuses.focus = $focus and coalesce(mapped.focus, $focus) = $focus
        and coalesce(mapped.level, $level) = $level
)

select * from final
order by soc
