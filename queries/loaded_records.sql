-- Question: Which pay records came with a load, or with all that stand?
-- Params: load text
-- Columns: load ordinal, row ordinal, organisation text, function text, focus text, level text, place text, title text, size text, currency text, base currency, variable currency, equity currency, effective_date date, fte number, pay_is text, department text, tenure text, tenure_years years, overtime currency
-- Reads: pay_record, import_log
with
records as (select * from pay_record),
logged as (
    select load from import_log
    where kind = 'records' and (load::varchar = $load or ($load = '' and state = 'active'))
),

final as (
    select
        load, row, organisation, function, focus, level, place, title, size, currency,
        base / 100 as base, variable / 100 as variable, equity / 100 as equity, effective_date,
        fte::double as fte, pay_is, department, tenure, tenure_years::double as tenure_years,
        overtime / 100 as overtime
    from records
    semi join logged using (load)
)

select * from final
order by load, row
