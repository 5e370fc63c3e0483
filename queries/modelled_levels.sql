-- Question: Which lognormal was fitted to each level under each admissible set of assumptions?
-- Params: none
-- Columns: ladder text, scenario text, level text, log_median ln(USD), sigma ln, pay_basis text, currency text, place text, rests_on text, source text, as_of text, sample_size text
-- Reads: modelled_level, model_scenario, function_model, source
with
fits as (select * from modelled_level),
scenarios as (select * from model_scenario),
sources as (select * from source),
own as (select * from function_model),

final as (
    select
        fits.ladder, fits.scenario, fits.level, fits.log_median, fits.sigma,
        fits.pay_basis, fits.currency, coalesce(own.place, 'not stated') as place,
        coalesce(own.subject, '') as rests_on,
        -- A function's own model is told with the source that it rests on.
        sources.source || coalesce(', ' || own.rests_on, '') as source, sources.as_of,
        sources.sample_size
    from fits
    join scenarios on scenarios.ladder = fits.ladder and scenarios.scenario = fits.scenario
    join sources on sources.source = scenarios.source
    left join own on own.ladder = fits.ladder
    where scenarios.admissible
)

select * from final
order by ladder, scenario <> 'default', scenario, level
