-- Question: What has the team loaded, when, and does it still stand?
-- Params: none
-- Columns: load ordinal, kind text, name text, file text, state text, rows_in count, rows_loaded count, rows_rejected count, loaded_at time, loaded_by text, sha256 text, mapping text
-- Reads: import_log
with
logged as (select * from import_log),

final as (
    select
        load, kind, name, coalesce(file, name) as file, state, rows_in, rows_loaded,
        rows_rejected, loaded_at, loaded_by, sha256, coalesce(mapping, '') as mapping
    from logged
)

select * from final
order by load
