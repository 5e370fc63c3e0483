-- Question: From which distributions can a function's ladder be modelled, the first one first?
-- Params: function text
-- Columns: preference ordinal, subject text, source text, pay_basis text, currency text, place text, as_of text, sample_size text, p10 currency, p25 currency, p50 currency, p75 currency, p90 currency, at_least text
-- Reads: pay_point, classification, occupation_wage, source
with
points as (select * from pay_point),
classified as (select * from classification),
sources as (select * from source),

-- Pay of the function itself comes before that of an occupation that it is mapped to.
own as (
    select
        1 as rank, 0 as whole, 0 as people, subject, source, pay_basis,
        any_value(currency) as currency, any_value(place) as place,
        any_value(as_of) as as_of, any_value(sample_size) as sample_size,
        max(value) filter (statistic = 'p10')::double as p10,
        max(value) filter (statistic = 'p25')::double as p25,
        max(value) filter (statistic = 'p50')::double as p50,
        max(value) filter (statistic = 'p75')::double as p75,
        max(value) filter (statistic = 'p90')::double as p90,
        '' as at_least
    from points
    where function = $function and level is null
    group by subject, source, pay_basis
),

mapped as (
    select soc, max(case when focus is null and level is null then 1 else 0 end) as whole
    from classified where function = $function
    group by soc
),

wages as (
    select wages.* from occupation_wage as wages
    where area = 'US' and soc in (select soc from mapped)
    qualify row_number() over (partition by soc order by year desc, o_group, wages.source) = 1
),

-- A mapping of the whole function comes first, then the occupation with most people.
occupations as (
    select
        2 as rank, -mapped.whole as whole, -coalesce(wages.employment, 0) as people,
        wages.soc || ' ' || wages.title as subject, wages.source, 'oews_wage' as pay_basis,
        'USD' as currency, 'US' as place, wages.year || '-05' as as_of, sources.sample_size,
        wages.p10::double as p10, wages.p25::double as p25, wages.p50::double as p50,
        wages.p75::double as p75, wages.p90::double as p90, wages.at_least
    from mapped
    join wages on wages.soc = mapped.soc
    join sources on sources.source = wages.source
),

either as (
    select * from own
    union all
    select * from occupations
),

final as (
    select
        row_number() over (order by rank, whole, people, subject, pay_basis) as preference,
        subject, source, pay_basis, currency, place, as_of, sample_size, p10, p25, p50, p75, p90,
        at_least
    from either
)

select * from final
order by preference
