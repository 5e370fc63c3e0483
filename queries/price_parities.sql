-- Question: What are the newest price parities of the states?
-- Params: none
-- Columns: place text, year year, factor factor, source text
-- Reads: price_parity
with
parities as (select * from price_parity where fips <> '00000'),

final as (
    select place, year, parity::double / 100 as factor, source from parities
    qualify year = max(year) over ()
)

select * from final
order by place
