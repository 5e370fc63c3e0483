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

insert into seed_occupation
select year, soc, o_group, 'US', title, employment, employment_prse, mean_prse,
    hourly_median, source
from seed_oews_national;

insert into seed_wage
with printed as (
    select year, soc, o_group, statistic, wage
    from (select * replace (mean::varchar as mean) from seed_oews_national)
    unpivot (wage for statistic in (mean, p10, p25, p50, p75, p90))
),
final as (
    select printed.year, soc, o_group, 'US' as area, statistic,
        case when wage = '#' then ceiling.annual else wage::decimal(12, 2) end as value,
        wage = '#' as at_least
    from printed
    left join seed_oews_top_code as ceiling on ceiling.year = printed.year
)
select * from final;

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
