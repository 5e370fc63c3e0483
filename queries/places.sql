-- Question: Which places can pay be converted to, of which kind, and in which states?
-- Params: none
-- Columns: place text, kind text, states text
-- Reads: oews_area, occupation_wage, price_parity
with
known as (select area as place, kind, states from oews_area),
loaded as (
    select distinct area as place from occupation_wage where source like 'own-load-%'
),
parities as (select distinct place from price_parity where fips <> '00000'),

final as (
    select place, kind, states from known
    union all
    select place, 'loaded' as kind, '' as states from loaded anti join known using (place)
    union all
    select place, 'state' as kind, '' as states from parities anti join known using (place)
)

select * from final
order by kind = 'nation' desc, kind = 'state' desc, place
