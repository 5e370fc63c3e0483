-- Question: When was what others may see of the pay records published, and is it of one organization?
-- Params: none
-- Columns: published_at time, published_by text, one_organisation boolean
-- Reads: publication
with
final as (select * from publication)

select * from final
order by published_at
