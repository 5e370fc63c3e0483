-- From staging (one typed and checked seed_… table per seed file) to the tables.

insert into job_function select function, title, code, family, source from seed_job_function;

insert into focus
select focus, function, title, differential, differential_note, source
from seed_focus;

insert into ladder select ladder, function, title, kind, source from seed_ladder;

insert into level
select ladder, level, track, ordinal, grade, title, title_stated, title_source, grade_source,
    source
from seed_level;

insert into classification
select soc, soc_title, function, focus, level, asserted_by, note, source
from seed_classification;

insert into pay_point
select source, subject, function, ladder, level, pay_basis, statistic, value, false,
    currency, place, as_of, sample_size, 'published', note
from seed_pay_point
unpivot (value for statistic in (p25, p50, p75, p90, range_low, range_high, point));

insert into oews_area
select place, area_code, kind, coalesce(states, ''), source from seed_oews_area;

insert into oews_wage
with printed as (
    select
        year, soc, o_group, 'US' as area, title, employment, employment_rse, mean, mean_rse,
        p10, p25, p50, p75, p90, coalesce(at_least, '') as at_least, hourly_median, '' as note,
        source
    from seed_oews_national
    union all
    select
        2025, here.soc, here.o_group, area.place, nation.title, here.employment,
        here.employment_rse, here.mean, here.mean_rse, here.p10, here.p25, here.p50, here.p75,
        here.p90, coalesce(here.at_least, ''), null, coalesce(here.note, ''), here.source
    from seed_oews_area_wage as here
    join seed_oews_area as area on area.area_code = here.area
    join seed_oews_national as nation
        on nation.year = 2025 and nation.soc = here.soc and nation.o_group = here.o_group
)
select printed.* replace (
    if(contains(at_least, 'p10'), ceiling.annual, p10) as p10,
    if(contains(at_least, 'p25'), ceiling.annual, p25) as p25,
    if(contains(at_least, 'p50'), ceiling.annual, p50) as p50,
    if(contains(at_least, 'p75'), ceiling.annual, p75) as p75,
    if(contains(at_least, 'p90'), ceiling.annual, p90) as p90
)
from printed
left join seed_oews_top_code as ceiling on ceiling.year = printed.year
order by printed.soc, printed.o_group, printed.year desc, printed.area;

insert into oews_known
select distinct year, soc, o_group, area from imported_occupation
semi join oews_wage using (year, soc, o_group, area)
where industry = '000000';

insert into occupation_outlook
select soc, title, base_year, end_year, employment_base, change_percent, annual_openings,
    source
from seed_occupation_outlook;

insert into pay_split
select source, base_share, variable_share, as_of, note from seed_pay_split;

insert into market_fact
select source, subject, low, high, unit, as_of, note from seed_market_fact;

insert into cost_index
select worker_group, quarter, index_value, change_12_months, seasonally_adjusted, read_from,
    source
from seed_cost_index;

insert into salary_budget
select survey, year, kind, mean_increase, median_increase, read_from, source
from seed_salary_budget;

insert into price_parity select fips, place, year, parity, source from seed_price_parity;

insert into job_profile
select code, focus, ladder, level, version, confidence_label, confidence, status, scope,
    evidence_sources, source
from seed_job_profile;

insert into focus_description select focus, description, source from seed_focus_description;

insert into level_descriptor
select ladder, level, dimension, descriptor, source from seed_level_descriptor;

insert into responsibility
select focus, level, ordinal, responsibility, source from seed_responsibility;

insert into guideline select focus, level, dimension, guideline, source from seed_guideline;

insert into skill select focus, ordinal, skill, meaning, source from seed_skill;

insert into review_score select code, ordinal, dimension, score, source from seed_review_score;

insert into level_years select ladder, level, kind, low, high, note, source from seed_level_years;

insert into crosswalk
select ladder, level, to_ladder, to_level, reason, source from seed_crosswalk;

insert into portfolio select segment, low, high, model, source from seed_portfolio;

insert into work_context select kind, ordinal, name, meaning, source from seed_work_context;

insert into guide_entry
select function, section, ordinal, topic, name, text, detail, low, high, unit,
    document_section, cites, source
from seed_guide_entry;

insert into guide_phrase
select function, ordinal, phrase, pattern, meaning, ask_at_offer, document_section, cites, source
from seed_guide_phrase;

insert into title_word select word, kind, meaning, track, grade, source from seed_title_word;

insert into title_alias select focus, level, title, source from seed_title_alias;

insert into title_neighbor select focus, title, reason, source from seed_title_neighbor;

insert into ladder_assumption
select null, scenario, parameter, value, reason, 'ladder-model' from seed_ladder_model;

insert into posting_rule
select source, place, since, employees, most_width, unless_above, currency, note
from seed_posting_rule;
