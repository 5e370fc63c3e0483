-- Question: Which jobs and figures came with a survey, or with all that stand?
-- Params: load text
-- Columns: load ordinal, row ordinal, title text, job_code text, level text, code text, match text, reason text, pay_basis text, currency text, place text, as_of text, n count, organisations count, p10 currency, p25 currency, p50 currency, p75 currency, p90 currency, weighting text, used boolean
-- Reads: imported_survey, import_log
with
surveys as (select * from imported_survey),
logged as (
    select load from import_log
    where kind = 'survey' and (load::varchar = $load or ($load = '' and state = 'active'))
),

final as (
    select
        load, row, title, job_code, level, code, match, reason, pay_basis, currency, place, as_of,
        n, organisations, p10::double as p10, p25::double as p25, p50::double as p50,
        p75::double as p75, p90::double as p90, weighting,
        coalesce(used, true) as used
    from surveys
    semi join logged using (load)
)

select * from final
order by load, row, pay_basis
