-- Question: By what is national pay multiplied for a place, for a function's occupations or for all?
-- Params: function text
-- Columns: place text, factor number, said text, own boolean
-- Reads: price_parity, occupation_wage, classification
with
parities as (select * from price_parity),
wages as (select * from occupation_wage where statistic = 'p50' and not at_least),
mapped as (select distinct soc from classification where function = $function),

-- The occupation's own ratio, where an area's wages have been loaded.
own_ratios as (
    select
        here.area as place, avg(here.value / nation.value)::double as factor,
        'wages of ' || string_agg(distinct here.soc, ', ') || ' there over the nation''s, OEWS May '
            || max(here.year) as said,
        true as own
    from wages as here
    join mapped on mapped.soc = here.soc
    join wages as nation
        on nation.soc = here.soc and nation.year = here.year and nation.area = 'US'
        and nation.o_group = here.o_group
    where here.area <> 'US'
    group by here.area
),
newest as (select max(year) as year from parities),
state_prices as (
    select
        place, parity::double / 100 as factor,
        'BEA regional price parity ' || parities.year || ', prices and not pay' as said,
        false as own
    from parities join newest on newest.year = parities.year
    where fips <> '00000'
),

final as (
    select * from own_ratios
    union all
    select * from state_prices anti join own_ratios using (place)
)

select * from final
order by place
