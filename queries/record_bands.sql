-- Question: What does the engine itself say of the bands of each cell of pay records?
-- Params: element text, percentiles share[], left_organisations text[], left_currencies text[], left_functions text[], left_days text[], spelled_dimensions text[], spelled_names text[], spelled_labels text[]
-- Columns: currency text, function text, focus text, level text, place text, n count, organisations count, bands hundredths, payer_totals hundredths, loads ordinal, first_day number, last_day number
-- Reads: pay_record, import_log
with
records as (select * from pay_record),
logged as (select load from import_log where kind = 'records' and state = 'active'),

-- Dates of an organization that a later snapshot supersedes, and that don't count.
left_out as (
    select
        unnest($left_organisations) as organisation, unnest($left_currencies) as currency,
        unnest($left_functions) as function, unnest($left_days)::date as effective_date
),
-- Names that differ from their label in case or spaces alone.
spellings as (
    select
        unnest($spelled_dimensions) as dimension, unnest($spelled_names) as name,
        unnest($spelled_labels) as label
),
paid as (
    select
        currency, coalesce(functions.label, function) as function,
        coalesce(focuses.label, focus) as focus, coalesce(levels.label, level) as level,
        coalesce(places.label, place) as place, coalesce(payers.label, organisation) as payer,
        load, effective_date - date '1970-01-01' as day,
        case $element
            when 'base' then base
            when 'target_cash' then base + variable
            when 'total_comp' then base + variable + equity
            when 'overtime' then overtime
        end as pay
    from records
    semi join logged using (load)
    anti join left_out using (organisation, currency, function, effective_date)
    left join spellings as functions
        on functions.dimension = 'function' and functions.name = function
    left join spellings as focuses on focuses.dimension = 'focus' and focuses.name = focus
    left join spellings as levels on levels.dimension = 'level' and levels.name = level
    left join spellings as places on places.dimension = 'place' and places.name = place
    left join spellings as payers
        on payers.dimension = 'organisation' and payers.name = organisation
),

by_payer as (
    select currency, function, focus, level, place, sum(pay)::double as total
    from paid
    where pay is not null
    group by currency, function, focus, level, place, payer
),
totals as (
    select
        currency, function, focus, level, place, count(*) as organisations,
        list(total order by total) as payer_totals
    from by_payer
    group by all
),
bands as (
    select
        currency, function, focus, level, place, count(*) as n,
        quantile_cont(pay, $percentiles) as bands,
        list(distinct load order by load) as loads, min(day) as first_day, max(day) as last_day
    from paid
    where pay is not null
    group by all
),

final as (
    select
        currency, function, focus, level, place, n, organisations, bands, payer_totals,
        loads, first_day, last_day
    from bands
    join totals using (currency, function, focus, level, place)
)

select * from final
order by currency, function, focus, level, place
