-- Question: What do the people of each cell earn, organization after organization, whatever it is that divides and narrows them?
-- Params: element text, row_by text, column_by text, currency text, functions text[], focuses text[], levels text[], places text[], titles text[], sizes text[], departments text[], tenures text[], organisations text[], since text, until text, left_organisations text[], left_functions text[], left_days text[], spelled_dimensions text[], spelled_names text[], spelled_labels text[]
-- Columns: row_of text, column_of text, pays hundredths, people count, organisations count, loads ordinal, first_day number, last_day number
-- Reads: pay_record, import_log
with
records as (select * from pay_record),
logged as (select load from import_log where kind = 'records' and state = 'active'),

-- Dates of an organization that a later snapshot supersedes, and that don't count.
left_out as (
    select
        unnest($left_organisations) as organisation, unnest($left_functions) as function,
        unnest($left_days)::date as effective_date
),
-- Names that differ from their label in case or spaces alone.
spellings as (
    select
        unnest($spelled_dimensions) as dimension, unnest($spelled_names) as name,
        unnest($spelled_labels) as label
),
chosen as (
    select
        load, effective_date - date '1970-01-01' as day, organisation,
        case $row_by
            when 'function' then function when 'focus' then focus when 'level' then level
            when 'place' then place when 'size' then coalesce(size, 'not stated')
            when 'title' then coalesce(title, 'not stated')
            when 'department' then coalesce(department, 'not stated')
            when 'tenure' then coalesce(tenure, 'not stated')
            when 'organisation' then organisation
            when 'year' then year(effective_date)::varchar else ''
        end as row_of,
        case $column_by
            when 'function' then function when 'focus' then focus when 'level' then level
            when 'place' then place when 'size' then coalesce(size, 'not stated')
            when 'title' then coalesce(title, 'not stated')
            when 'department' then coalesce(department, 'not stated')
            when 'tenure' then coalesce(tenure, 'not stated')
            when 'organisation' then organisation
            when 'year' then year(effective_date)::varchar else ''
        end as column_of,
        case $element
            when 'base' then base
            when 'target_cash' then base + variable
            when 'total_comp' then base + variable + equity
            when 'overtime' then overtime
        end as pay
    from records
    semi join logged using (load)
    anti join left_out using (organisation, function, effective_date)
    where currency = $currency
        and (len($functions) = 0 or function in (select unnest($functions)))
        and (len($focuses) = 0 or focus in (select unnest($focuses)))
        and (len($levels) = 0 or level in (select unnest($levels)))
        and (len($places) = 0 or place in (select unnest($places)))
        and (len($titles) = 0 or coalesce(title, 'not stated') in (select unnest($titles)))
        and (len($sizes) = 0 or coalesce(size, 'not stated') in (select unnest($sizes)))
        and (len($departments) = 0
            or coalesce(department, 'not stated') in (select unnest($departments)))
        and (len($tenures) = 0 or coalesce(tenure, 'not stated') in (select unnest($tenures)))
        and (len($organisations) = 0 or organisation in (select unnest($organisations)))
        and ($since = '' or effective_date >= $since::date)
        and ($until = '' or effective_date <= $until::date)
),

named as (
    select
        load, day, pay, coalesce(payers.label, organisation) as payer,
        coalesce(row_names.label, row_of) as row_of,
        coalesce(column_names.label, column_of) as column_of
    from chosen
    left join spellings as payers
        on payers.dimension = 'organisation' and payers.name = organisation
    left join spellings as row_names
        on row_names.dimension = $row_by and row_names.name = row_of
    left join spellings as column_names
        on column_names.dimension = $column_by and column_names.name = column_of
    where pay is not null
),

by_payer as (
    select
        row_of, column_of, payer, list(pay) as pays, count(*) as people,
        list(distinct load) as loads, min(day) as first_day, max(day) as last_day
    from named
    group by all
),

final as (
    select
        row_of, column_of, flatten(list(pays order by payer)) as pays,
        list(people order by payer) as people, count(*) as organisations,
        list_sort(list_distinct(flatten(list(loads)))) as loads,
        min(first_day) as first_day, max(last_day) as last_day
    from by_payer
    group by all
)

select * from final
order by row_of, column_of
