-- Question: Which pricings and pay plans were saved, in which versions?
-- Params: kind text
-- Columns: name text, version ordinal, why text, saved_at time, saved_by text, spec text
-- Reads: saved_work
with
saved as (select * from saved_work),

final as (
    select name, version, why, saved_at, saved_by, spec from saved where kind = $kind
)

select * from final
order by name, version
