-- Question: What pay do companies and sites publish, one row a source and subject?
-- Params: none
-- Columns: source text, publisher text, subject text, function text, ladder text, level text, pay_basis text, currency text, place text, p10 currency, p25 currency, p50 currency, p75 currency, p90 currency, range_low currency, range_high currency, point currency, status text, as_of text, sample_size text, note text
-- Reads: pay_point, source
with
points as (select * from pay_point),
sources as (select * from source),

final as (
    select
        points.source, any_value(sources.publisher) as publisher, subject,
        any_value(function) as function, any_value(ladder) as ladder, any_value(level) as level,
        points.pay_basis, any_value(currency) as currency, any_value(place) as place,
        max(value) filter (statistic = 'p10')::double as p10,
        max(value) filter (statistic = 'p25')::double as p25,
        max(value) filter (statistic = 'p50')::double as p50,
        max(value) filter (statistic = 'p75')::double as p75,
        max(value) filter (statistic = 'p90')::double as p90,
        max(value) filter (statistic = 'range_low')::double as range_low,
        max(value) filter (statistic = 'range_high')::double as range_high,
        max(value) filter (statistic = 'point')::double as point,
        any_value(status) as status, any_value(points.as_of) as as_of,
        any_value(points.sample_size) as sample_size, any_value(note) as note
    from points
    join sources on sources.source = points.source
    group by points.source, subject, points.pay_basis
)

select * from final
order by source, subject, pay_basis
