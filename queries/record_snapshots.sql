-- Question: Which organizations have pay records of several dates, or of one date in several loads, and which dates does a later one supersede?
-- Params: currency text, since text, until text, by_year boolean
-- Columns: organisation text, currency text, function text, day text, people count, dates count, several_loads boolean, snapshots boolean, superseded boolean
-- Reads: pay_record, import_log
with
records as (select * from pay_record),
logged as (select load from import_log where kind = 'records' and state = 'active'),

counted as (
    select
        organisation, currency, function, effective_date,
        count(*) as people, min(load) as first_load, max(load) as last_load
    from records
    semi join logged using (load)
    where ($currency = '' or currency = $currency)
        and ($since = '' or effective_date >= $since::date)
        and ($until = '' or effective_date <= $until::date)
    group by all
),
keyed as (
    select
        counted.*,
        lower(regexp_replace(trim(organisation), '\s+', ' ', 'g')) as payer,
        lower(regexp_replace(trim(function), '\s+', ' ', 'g')) as work,
        case when $by_year then year(effective_date) else 0 end as period
    from counted
),
days as (
    select
        payer, currency, work, period, effective_date, sum(people) as people,
        min(first_load) < max(last_load) as several_loads
    from keyed
    group by all
),
-- Dates are snapshots where the latest has about as many people as the fullest, and
-- people are many beside dates; else they are the dates of each person's own pay.
series as (
    select
        payer, currency, work, period, count(*) as dates, max(effective_date) as latest,
        2 * max_by(people, effective_date) >= max(people)
        and sum(people) >= count(*) * (count(*) - 1) as snapshots
    from days
    group by payer, currency, work, period
),

final as (
    select
        keyed.organisation, keyed.currency, keyed.function,
        keyed.effective_date::varchar as day, keyed.people, series.dates,
        days.several_loads, series.snapshots,
        series.snapshots and keyed.effective_date < series.latest as superseded
    from keyed
    join days using (payer, currency, work, period, effective_date)
    join series using (payer, currency, work, period)
    where series.dates > 1 or days.several_loads
)

select * from final
order by organisation, currency, function, day
