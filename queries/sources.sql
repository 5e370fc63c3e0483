-- Question: Where does every figure come from?
-- Params: none
-- Columns: source text, title text, publisher text, citation text, url text, published text, accessed text, as_of text, licence text, pay_basis text, population text, sample_size text, disclosure text, description text, method text
-- Reads: source
with
sources as (select * from source),

final as (
    select * exclude (seed) from sources
)

select * from final
order by source
