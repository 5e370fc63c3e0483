-- Question: By what is national pay multiplied for a place, by occupation or for all pay?
-- Params: function text
-- Columns: place text, soc text, focus text, factor factor, said text
-- Reads: price_parity, occupation_wage, classification
with
parities as (select * from price_parity),
wages as (select * from occupation_wage where statistic = 'p50' and not at_least),
mapped as (select distinct soc, focus from classification where function = $function),

-- An occupation's own ratio, in the newest year that has the area and the nation.
own_ratios as (
    select
        here.area as place, here.soc, (here.value / nation.value)::double as factor,
        'wages of ' || here.soc || ' there over the nation''s, OEWS May ' || here.year as said
    from wages as here
    join wages as nation
        on nation.soc = here.soc and nation.year = here.year and nation.area = 'US'
        and nation.o_group = here.o_group
    where here.area <> 'US'
    qualify row_number() over (partition by here.area, here.soc order by here.year desc) = 1
),
newest as (select max(year) as year from parities),
state_prices as (
    select
        place, '' as soc, '' as focus, parity::double / 100 as factor,
        'BEA regional price parity ' || parities.year || ', prices and not pay' as said
    from parities join newest on newest.year = parities.year
    where fips <> '00000'
),

final as (
    select
        own_ratios.place, own_ratios.soc, coalesce(mapped.focus, '') as focus, own_ratios.factor,
        own_ratios.said
    from own_ratios join mapped on mapped.soc = own_ratios.soc
    union all
    select * from state_prices
)

select * from final
order by place, soc desc
