-- Question: Which loads of pay records stand, and what do they hold?
-- Params: none
-- Columns: load ordinal, name text, sha256 text, rows count, loaded_at time, mapping text, source text, as_of text, demo boolean
-- Reads: import_log, source
with
loads as (select * from import_log where kind = 'records' and state = 'active'),
sources as (select * from source),

final as (
    select
        loads.load, loads.name, loads.sha256, loads.rows_loaded as rows,
        loads.loaded_at, coalesce(loads.mapping, '') as mapping,
        sources.source, sources.as_of, sources.publisher like 'Demo%' as demo
    from loads
    join sources on sources.source = 'own-load-' || loads.load
)

select * from final
order by load
