-- Question: Which titles name work beside a focus, and what sets them apart?
-- Params: none
-- Columns: title text, focus_title text, reason text, source text
-- Reads: title_neighbor, focus
with
neighbors as (select * from title_neighbor),
focuses as (select * from focus),

final as (
    select neighbors.title, focuses.title as focus_title, neighbors.reason, neighbors.source
    from neighbors
    join focuses on focuses.focus = neighbors.focus
)

select * from final
order by title
