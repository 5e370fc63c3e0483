-- Question: What do the occupations that a function is mapped to pay, in the newest OEWS year?
-- Params: none
-- Columns: function text, soc text, title text, year year, employment count, mean_rse percent, p10 USD, p25 USD, p50 USD, p75 USD, p90 USD, at_least text, asserted_by text, note text, source text, sample_size text
-- Reads: classification, occupation_wage, source
with
classified as (select * from classification),
sources as (select * from source),

-- Who maps a function to an occupation, each with the levels that they do so for.
asserted as (
    select
        function, soc,
        asserted_by || coalesce(' for ' || string_agg(level, ', ' order by level), '') as said,
        string_agg(distinct note, '; ') filter (level is null) as note
    from classified
    group by function, soc, asserted_by
),

mapped as (
    select
        function, soc, string_agg(said, ' and ' order by said desc) as asserted_by,
        coalesce(max(note), '') as note
    from asserted
    group by function, soc
),

wages as (
    select wages.* from occupation_wage as wages
    where area = 'US' and soc in (select soc from mapped)
    qualify year = max(year) over (partition by soc)
),

final as (
    select
        mapped.function, mapped.soc, wages.title, wages.year, wages.employment,
        wages.mean_rse::double as mean_rse,
        wages.p10::double as p10, wages.p25::double as p25, wages.p50::double as p50,
        wages.p75::double as p75, wages.p90::double as p90, wages.at_least,
        mapped.asserted_by, mapped.note, sources.source, sources.sample_size
    from mapped
    join wages on wages.soc = mapped.soc
    join sources on sources.source = wages.source
)

select * from final
order by function, soc
