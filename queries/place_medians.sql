-- Question: What is the median wage of a function's occupations, and of all, at a place, in its state and in the nation?
-- Params: function text, place text
-- Columns: soc text, year year, state text, here USD, in_state USD, nation USD, source text, kind text
-- Reads: classification, oews_area, occupation_wage
with
mapped as (
    select soc from classification where function = $function
    union
    select '00-0000' as soc
),
areas as (select * from oews_area),

-- An area across state lines belongs with its first state; a state has none above it.
state as (
    select above.area
    from areas as here
    join areas as above
        on above.kind = 'state' and above.states = string_split(here.states, '-')[1]
    where here.area = $place and here.kind <> 'state'
),
medians as (
    select year, soc, area, p50::double as p50, source from occupation_wage
    where soc in (select soc from mapped) and p50 is not null and not contains(at_least, 'p50')
        and (area in ('US', $place) or area in (select area from state))
    qualify row_number() over (
        partition by year, soc, area order by o_group = 'detailed' desc
    ) = 1
),
by_year as (
    select
        year, soc, max(p50) filter (area = $place) as here,
        max(p50) filter (area in (select area from state)) as in_state,
        max(p50) filter (area = 'US') as nation,
        string_agg(distinct source, ', ' order by source) as source
    from medians
    group by year, soc
    having nation is not null
),
-- The newest year that has the place, else its state, else the nation alone.
newest as (
    select * from by_year
    qualify row_number() over (
        partition by soc order by here is null, in_state is null, year desc
    ) = 1
),

final as (
    select
        soc, year, coalesce((select area from state), '') as state, here, in_state, nation, source,
        coalesce((select kind from areas where area = $place), '') as kind
    from newest
)

select * from final
order by soc desc
