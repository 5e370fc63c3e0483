-- Question: What do the team's own surveys pay a job?
-- Params: code text
-- Columns: source text, survey text, title text, match text, reason text, pay_basis text, currency text, place text, as_of text, n count, organisations count, p10 currency, p25 currency, p50 currency, p75 currency, p90 currency, weighting text
-- Reads: imported_survey, import_log
with
surveys as (select * from imported_survey where code = $code and coalesce(used, true)),
logged as (select * from import_log where state = 'active'),

final as (
    select
        'own-load-' || surveys.load as source, logged.name as survey, surveys.title,
        surveys.match, surveys.reason, surveys.pay_basis, surveys.currency, surveys.place,
        surveys.as_of,
        -- Each observation of organization-weighted figures is an organization.
        case when surveys.weighting = 'organization' then surveys.organisations else surveys.n end
            as n,
        surveys.organisations, surveys.p10::double as p10,
        surveys.p25::double as p25, surveys.p50::double as p50, surveys.p75::double as p75,
        surveys.p90::double as p90,
        surveys.weighting
    from surveys
    join logged on logged.load = surveys.load
)

select * from final
order by survey, title, pay_basis, place
