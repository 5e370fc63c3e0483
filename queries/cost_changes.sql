-- Question: How fast do wages rise, by worker group, in the newest quarter published?
-- Params: none
-- Columns: worker_group text, quarter text, rate share, source text
-- Reads: cost_index
with
indexes as (select * from cost_index),

final as (
    select worker_group, quarter, change_12_months::double / 100 as rate, source
    from indexes
    where not seasonally_adjusted
    qualify row_number() over (partition by worker_group order by quarter desc) = 1
)

select * from final
order by worker_group
