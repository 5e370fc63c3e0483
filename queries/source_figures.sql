-- Question: Which figures, mappings and names come from one source?
-- Params: source text
-- Columns: subject text, figure text, value by unit, unit text, at_least boolean, as_of text, note text
-- Reads: guide_entry, pay_point, occupation_wage, occupation_outlook, pay_split, market_fact, posting_rule, cost_index, salary_budget, price_parity, classification, level, title_alias, crosswalk, model_scenario, imported_survey
with
pay as (
    select subject, pay_basis || ' ' || statistic as figure, value::double as value,
        currency as unit, at_least, as_of, note
    from pay_point where source = $source
),
-- Of the many thousands, those of the occupations that jobs are mapped to; a team's all.
occupations as (
    select
        * replace (employment::double as employment),
        soc || ' ' || title || if(area = 'US', '', ', ' || area) as subject
    from occupation_wage
    where source = $source
        and (source like 'own-load-%' or soc in (select soc from classification))
),
wages as (
    select subject, figure, value::double as value, 'USD' as unit,
        contains(at_least, figure) as at_least, year || '-05' as as_of, '' as note
    from (unpivot occupations on mean, p10, p25, p50, p75, p90 into name figure value value)
),
employment as (
    select subject, 'employment' as figure, employment as value,
        'jobs' as unit, false as at_least, year || '-05' as as_of, '' as note
    from occupations where employment is not null
),
outlook as (
    select soc || ' ' || title as subject, unnest(['jobs in base year', 'change', 'yearly openings'])
        as figure,
        unnest([employment_base::double, change_percent::double, annual_openings::double]) as value,
        unnest(['jobs', 'percent', 'jobs']) as unit, false as at_least,
        base_year || '-' || end_year as as_of, 'Employment Projections' as note
    from occupation_outlook where source = $source
),
splits as (
    select 'Base share of target cash' as subject, 'base' as figure, base_share::double as value,
        'percent' as unit, false as at_least, as_of, note
    from pay_split where source = $source
),
facts as (
    select subject, unnest(['low', 'high']) as figure,
        unnest([low::double, high::double]) as value, unit, false as at_least, as_of, note
    from market_fact where source = $source
),
posting_rules as (
    select place as subject, unnest(['smallest employer', 'most width', 'unless above']) as figure,
        unnest([employees::double, most_width::double, unless_above::double]) as value,
        unnest(['employees', currency, currency]) as unit, false as at_least, since as as_of, note
    from posting_rule where source = $source
),
indexes as (
    select worker_group as subject, '12-month change' as figure, change_12_months::double as value,
        'percent' as unit, false as at_least, quarter as as_of, read_from as note
    from cost_index where source = $source
),
index_levels as (
    select worker_group as subject, 'index' as figure, index_value::double as value,
        'December 2005 = 100' as unit, false as at_least, quarter as as_of, read_from as note
    from cost_index where source = $source and index_value is not null
),
budgets as (
    select survey as subject, kind || ', mean' as figure, mean_increase::double as value,
        'percent' as unit, false as at_least, year::varchar as as_of, read_from as note
    from salary_budget where source = $source
),
median_budgets as (
    select survey as subject, kind || ', median' as figure, median_increase::double as value,
        'percent' as unit, false as at_least, year::varchar as as_of, read_from as note
    from salary_budget where source = $source and median_increase is not null
),
parities as (
    select place as subject, 'price parity' as figure, parity::double as value,
        'US = 100' as unit, false as at_least, year::varchar as as_of, '' as note
    from price_parity where source = $source
),
mappings as (
    select soc || ' ' || soc_title as subject, 'mapped by ' || asserted_by || coalesce(' for ' || level, '') as figure,
        null::double as value, '' as unit, false as at_least, '' as as_of, note
    from classification where source = $source
),
grades as (
    select ladder || ' ' || level as subject, 'grade' as figure, grade::double as value,
        'ordinal' as unit, false as at_least, '' as as_of, '' as note
    from level where grade_source = $source
),
titles as (
    select ladder || ' ' || level as subject, 'title' as figure, null::double as value,
        '' as unit, false as at_least, '' as as_of, title as note
    from level where title_source = $source
),
aliases as (
    select title as subject, 'title alias' as figure, null::double as value, '' as unit,
        false as at_least, '' as as_of, focus || coalesce(' ' || level, '') as note
    from title_alias where source = $source
),
links as (
    select ladder || ' ' || level as subject,
        'stands for ' || to_ladder || ' ' || coalesce(to_level, 'none') as figure,
        null::double as value, '' as unit, false as at_least, '' as as_of, reason as note
    from crosswalk where source = $source
),
scenarios as (
    select scenario as subject, 'worst miss of a published percentile' as figure,
        round(100 * worst_miss, 2) as value, 'percent' as unit, false as at_least, '' as as_of,
        if(admissible, '', 'Set aside: misses by more than 1 %. ') || reason as note
    from model_scenario where source = $source and scenario not like 'together %'
),
surveys as (
    select title as subject, pay_basis || ' ' || upper(statistic) as figure, value::double as value,
        currency as unit, false as at_least, as_of, '' as note
    from (
        unpivot imported_survey on p10, p25, p50, p75, p90
        into name statistic value value
    )
    where 'own-load-' || load = $source
),
guides as (
    select coalesce(topic || ', ', '') || name as subject, unnest(['low', 'high']) as figure,
        unnest([low::double, high::double]) as value, unit, false as at_least,
        '' as as_of, text as note
    from guide_entry where source = $source and low is not null
),

final as (
    select * from guides where value is not null
    union all select * from pay union all select * from wages union all select * from employment
    union all select * from outlook union all select * from splits union all select * from facts
    union all select * from indexes union all select * from index_levels
    union all select * from budgets union all select * from median_budgets
    union all select * from parities union all select * from mappings
    union all select * from grades union all select * from titles
    union all select * from aliases union all select * from links
    union all select * from scenarios union all select * from surveys
    union all select * from posting_rules where value is not null
)

select * from final
order by subject, as_of, figure, value
