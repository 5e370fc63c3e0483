-- Question: What do occupations earn at places, with the medians that a ratio to the nation is estimated from?
-- Params: cells integer
-- Columns: soc text, kind text, employment count, mean_rse percent, p10 USD, p25 USD, p50 USD, p75 USD, p90 USD, state text, here USD, in_state USD, nation USD, soc_in_state USD, n10 USD, n25 USD, n50 USD, n75 USD, n90 USD
-- Reads: oews_area, occupation_wage
with
complete as (
    select * from occupation_wage
    where p10 > 0 and p25 is not null and p50 is not null and p75 is not null
        and p90 is not null and at_least = ''
        and year = (select max(year) from occupation_wage)
),
detailed as (select * from complete where o_group = 'detailed'),
everyone as (select area, p50 from complete where soc = '00-0000'),
areas as (select * from oews_area),

-- An area across state lines belongs with its first state; a state has none above it.
state as (
    select here.area, above.area as state
    from areas as here
    join areas as above
        on above.kind = 'state' and above.states = string_split(here.states, '-')[1]
    where here.kind <> 'state'
),
sampled as (
    select detailed.*, areas.kind
    from detailed
    join areas on areas.area = detailed.area and areas.kind <> 'nation'
    qualify row_number() over (
        partition by areas.kind = 'state' order by md5(detailed.soc || detailed.area)
    ) <= $cells::integer
),

final as (
    select
        sampled.soc, sampled.kind, sampled.employment, sampled.mean_rse::double as mean_rse,
        sampled.p10::double as p10, sampled.p25::double as p25, sampled.p50::double as p50,
        sampled.p75::double as p75, sampled.p90::double as p90,
        coalesce(state.state, '') as state, here.p50::double as here,
        everyone_in_state.p50::double as in_state, everyone_in_nation.p50::double as nation,
        soc_in_state.p50::double as soc_in_state, nation.p10::double as n10,
        nation.p25::double as n25, nation.p50::double as n50, nation.p75::double as n75,
        nation.p90::double as n90
    from sampled
    join everyone as here on here.area = sampled.area
    join everyone as everyone_in_nation on everyone_in_nation.area = 'US'
    join detailed as nation on nation.area = 'US' and nation.soc = sampled.soc
    left join state on state.area = sampled.area
    left join everyone as everyone_in_state on everyone_in_state.area = state.state
    left join detailed as soc_in_state
        on soc_in_state.area = state.state and soc_in_state.soc = sampled.soc
)

select * from final
order by soc, kind, here
