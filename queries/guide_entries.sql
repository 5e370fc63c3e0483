-- Question: What does the role guide of a function say, with the figures that other tables hold?
-- Params: function text
-- Columns: section text, topic text, ordinal ordinal, name text, text text, detail text, low by unit, high by unit, unit text, document_section text, cites text, source text
-- Reads: guide_entry, level_years, level, ladder, portfolio, pay_split, pay_point, market_fact, occupation_outlook, classification, occupation_wage
with
entries as (select * from guide_entry where function = $function),
-- A figure of another table belongs to the guide where the guide names its source.
origins as (
    select source, string_agg(ordinal, ', ' order by ordinal) filter (section = 'sources') as cites
    from entries
    group by source
),
places as (
    select section, min(document_section) as document_section from entries group by section
),

experience as (
    select 'levels' as section, rungs.title as topic, rungs.ordinal, 'Experience' as name,
        coalesce(years.note, 'Typical years') as text, years.low, years.high, 'years' as unit,
        years.source, years.source as origin
    from level_years as years
    join level as rungs on rungs.ladder = years.ladder and rungs.level = years.level
    join ladder on ladder.ladder = years.ladder
    where ladder.function = $function
),
portfolios as (
    select 'portfolios' as section, 'Accounts by segment' as topic,
        row_number() over (order by high desc) as ordinal, segment as name, model as text,
        low, high, 'accounts' as unit, source, source as origin
    from portfolio
),
splits as (
    select 'pay' as section, 'Base and variable' as topic,
        row_number() over (order by base_share) as ordinal,
        printf('%d/%d', base_share::integer, variable_share::integer) as name, note as text,
        base_share as low, base_share as high, 'percent' as unit, source, source as origin
    from pay_split
),
pay as (
    select 'pay' as section, subject as topic, row_number() over (order by value) as ordinal,
        upper(statistic) || ', ' || as_of as name, note as text, value as low, value as high,
        currency as unit, source, source as origin
    from pay_point
    where function = $function
),
market as (
    select 'pay' as section, 'Retention' as topic,
        row_number() over (order by subject) as ordinal, subject as name, note as text, low,
        high, unit, source, source as origin
    from market_fact
),
proxies as (
    select soc, soc_title, note, source from classification
    where function = $function and source in (select source from origins)
),
proxy_notes as (
    select 'outlook' as section, soc || ' ' || soc_title as topic, 0 as ordinal,
        'Nearest occupation' as name, note as text, null as low, null as high, '' as unit,
        source, source as origin
    from proxies
),
outlook as (
    select 'outlook' as section, outlook.soc || ' ' || outlook.title as topic,
        unnest([1, 2, 3]) as ordinal,
        unnest(['Jobs', 'Change', 'Yearly openings']) as name,
        unnest([base_year::varchar, base_year || ' to ' || end_year, 'On average']) as text,
        unnest([employment_base::double, change_percent::double, annual_openings::double]) as low,
        low as high, unnest(['jobs', 'percent', 'jobs']) as unit, outlook.source,
        outlook.source as origin
    from occupation_outlook as outlook
    join proxies on proxies.soc = outlook.soc
),
wages as (
    select 'outlook' as section, outlook.soc || ' ' || outlook.title as topic, 4 as ordinal,
        'Median wage' as name, 'May ' || wages.year as text, wages.p50 as low,
        wages.p50 as high, 'USD' as unit, wages.source, outlook.source as origin
    from occupation_outlook as outlook
    join proxies on proxies.soc = outlook.soc
    join occupation_wage as wages
        on wages.soc = outlook.soc and wages.year = outlook.base_year and wages.area = 'US'
    where wages.p50 is not null and wages.o_group = 'detailed'
),
figures as (
    select * from experience union all select * from portfolios union all select * from splits
    union all select * from pay union all select * from market union all select * from proxy_notes
    union all select * from outlook union all select * from wages
),

final as (
    select section, coalesce(topic, '') as topic, ordinal, name, text,
        coalesce(detail, '') as detail, low::double as low, high::double as high,
        coalesce(unit, '') as unit, coalesce(document_section, '') as document_section,
        coalesce(cites, if(section = 'sources', ordinal::varchar, '')) as cites, source
    from entries
    union all
    -- After the guide's own rows of the section, in the place of its neighbors.
    select figures.section, topic, 1000 + ordinal, name, text, '', low::double, high::double, unit,
        coalesce(places.document_section, ''), coalesce(origins.cites, ''), figures.source
    from figures
    join origins on origins.source = figures.origin
    left join places on places.section = figures.section
)

select * from final
order by section, ordinal, topic, name
