-- Question: Which complete cells of OEWS can show how far an interpolated percentile is off, a sample of each kind?
-- Params: cells integer
-- Columns: soc text, area text, kind text, employment count, mean_rse percent, p10 USD, p25 USD, p50 USD, p75 USD, p90 USD
-- Reads: oews_area, occupation_wage
with
complete as (
    select * from occupation_wage
    where o_group = 'detailed' and p10 > 0 and p90 is not null and p25 is not null
        and p50 is not null and p75 is not null and at_least = ''
),
newest as (
    select complete.*,
        case oews_area.kind when 'nation' then 'nation' when 'state' then 'state' else 'area' end
            as kind
    from complete
    join oews_area on oews_area.area = complete.area
    where complete.year = (select max(year) from complete)
),

-- The order of a hash is the same for everybody and knows nothing of pay.
sampled as (
    select * from newest
    qualify row_number() over (partition by kind order by md5(soc || area)) <= $cells::integer
),

final as (
    select
        soc, area, kind, employment, mean_rse::double as mean_rse, p10::double as p10,
        p25::double as p25, p50::double as p50, p75::double as p75, p90::double as p90
    from sampled
)

select * from final
order by kind, soc, area
