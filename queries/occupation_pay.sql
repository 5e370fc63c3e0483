-- Question: What do the occupations that a function is mapped to pay, in the newest OEWS year?
-- Params: none
-- Columns: function text, soc text, title text, year year, p10 USD, p25 USD, p50 USD, p75 USD, p90 USD, at_least text, asserted_by text, note text, source text, sample_size text
-- Reads: classification, occupation, occupation_wage, source
with
classified as (select * from classification),
occupations as (select * from occupation),
wages as (select * from occupation_wage),
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

newest as (
    select soc, max(year) as year from occupations where area = 'US' group by soc
),

wide as (
    select
        soc, year, o_group,
        max(value) filter (statistic = 'p10')::double as p10,
        max(value) filter (statistic = 'p25')::double as p25,
        max(value) filter (statistic = 'p50')::double as p50,
        max(value) filter (statistic = 'p75')::double as p75,
        max(value) filter (statistic = 'p90')::double as p90,
        coalesce(string_agg(statistic, ', ' order by statistic) filter (at_least), '') as at_least
    from wages
    where area = 'US'
    group by soc, year, o_group
),

final as (
    select
        mapped.function, mapped.soc, occupations.title, wide.year,
        wide.p10, wide.p25, wide.p50, wide.p75, wide.p90, wide.at_least,
        mapped.asserted_by, mapped.note, sources.source, sources.sample_size
    from mapped
    join newest on newest.soc = mapped.soc
    join wide on wide.soc = newest.soc and wide.year = newest.year
    join occupations
        on occupations.soc = wide.soc and occupations.year = wide.year
        and occupations.o_group = wide.o_group and occupations.area = 'US'
    join sources on sources.source = occupations.source
)

select * from final
order by function, soc
