-- Question: What may others see of the pay records?
-- Params: none
-- Columns: position ordinal, shape text, function text, focus text, level text, place text, pay_basis text, currency text, n text, organisations text, p10 currency, p10_low currency, p10_high currency, p25 currency, p25_low currency, p25_high currency, p50 currency, p50_low currency, p50_high currency, p75 currency, p75_low currency, p75_high currency, p90 currency, p90_low currency, p90_high currency, interval_of text, note text, status text, source text, as_of text
-- Reads: published_band
with
final as (select * from published_band)

select * from final
order by position
