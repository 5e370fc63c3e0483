-- The tables that the seeds fill. `bandstand build` drops and recreates them in one
-- transaction; it leaves every other table in the store alone.

-- Who published a figure, when, how, and under which license.
create table source (
    source varchar primary key,
    title varchar not null,
    publisher varchar not null,
    citation varchar not null,
    url varchar not null,
    published varchar not null,
    accessed varchar not null,
    as_of varchar not null,
    licence varchar not null,
    pay_basis varchar not null,
    population varchar not null,
    sample_size varchar not null,
    disclosure varchar not null,
    description varchar not null,
    method varchar not null,
    seed varchar not null
);

-- `code` begins the codes of its profiles; functions of one `family` are closer.
create table job_function (
    function varchar primary key,
    title varchar not null,
    code varchar not null,
    family varchar,
    source varchar not null
);

-- A specialization within a function; it may pay differently from the baseline.
create table focus (
    focus varchar primary key,
    function varchar not null,
    title varchar not null,
    differential varchar not null,
    differential_note varchar not null,
    source varchar not null
);

-- `kind` is profiles where jobs and pay are tied to the levels, reference elsewhere.
create table ladder (
    ladder varchar primary key,
    function varchar not null,
    title varchar not null,
    kind varchar not null,
    source varchar not null
);

-- `ordinal` is the place on the ladder from the bottom; `grade` compares tracks.
-- The source of a row has the level; who says its title and its grade may be another.
create table level (
    ladder varchar not null,
    level varchar not null,
    track varchar not null,
    ordinal integer not null,
    grade integer not null,
    title varchar not null,
    title_stated boolean not null,
    title_source varchar not null,
    grade_source varchar not null,
    source varchar not null,
    primary key (ladder, level)
);

-- Which occupation a job is mapped to, and who says so; no level, any level.
create table classification (
    soc varchar not null,
    soc_title varchar not null,
    function varchar not null,
    focus varchar,
    level varchar,
    asserted_by varchar not null,
    note varchar not null,
    source varchar not null,
    unique (function, focus, level, soc, source)
);

-- Published pay, one row per statistic: p10…p90, range_low, range_high or point.
create table pay_point (
    source varchar not null,
    subject varchar not null,
    function varchar not null,
    ladder varchar,
    level varchar,
    pay_basis varchar not null,
    statistic varchar not null,
    value decimal(12, 2) not null,
    at_least boolean not null,
    currency varchar not null,
    place varchar not null,
    as_of varchar not null,
    sample_size varchar not null,
    status varchar not null,
    note varchar not null,
    primary key (source, subject, pay_basis, statistic)
);

-- Places of OEWS wages: the nation (US), states and territories, metropolitan and
-- nonmetropolitan areas; `states` are postal codes, joined by hyphens.
create table oews_area (
    area varchar primary key,
    area_code varchar not null unique,
    kind varchar not null,
    states varchar not null,
    source varchar not null
);

-- OEWS wages of a year; employment is of a different program from the projections in
-- occupation_outlook. `at_least` names the wages that are only a lower bound; a figure
-- that BLS does not release is empty. A seed's key is year, soc, o_group, area.
create table oews_wage (
    year smallint not null,
    soc varchar not null,
    o_group varchar not null,
    area varchar not null,
    title varchar not null,
    employment integer,
    employment_rse decimal(6, 1),
    mean integer,
    mean_rse decimal(6, 1),
    p10 integer,
    p25 integer,
    p50 integer,
    p75 integer,
    p90 integer,
    at_least varchar not null,
    hourly_median decimal(8, 2),
    note varchar not null,
    source varchar not null
);

-- Rows of the team's loads that the seeds have too.
create table oews_known (
    year smallint not null,
    soc varchar not null,
    o_group varchar not null,
    area varchar not null
);

create table occupation_outlook (
    soc varchar not null,
    title varchar not null,
    base_year integer not null,
    end_year integer not null,
    employment_base bigint not null,
    change_percent decimal(14, 4) not null,
    annual_openings bigint not null,
    source varchar not null,
    primary key (soc, base_year)
);

-- Base and variable as percent of target cash (on-target earnings).
create table pay_split (
    source varchar not null,
    base_share decimal(14, 4) not null,
    variable_share decimal(14, 4) not null,
    as_of varchar not null,
    note varchar not null,
    primary key (source, base_share),
    check (base_share + variable_share = 100)
);

create table market_fact (
    source varchar not null,
    subject varchar not null,
    low decimal(14, 4) not null,
    high decimal(14, 4) not null,
    unit varchar not null,
    as_of varchar not null,
    note varchar not null,
    primary key (source, subject)
);

create table cost_index (
    worker_group varchar not null,
    quarter varchar not null,
    index_value decimal(14, 4),
    change_12_months decimal(14, 4) not null,
    seasonally_adjusted boolean not null,
    read_from varchar not null,
    source varchar not null,
    primary key (worker_group, quarter)
);

create table salary_budget (
    survey varchar not null,
    year integer not null,
    kind varchar not null,
    mean_increase decimal(14, 4) not null,
    median_increase decimal(14, 4),
    read_from varchar not null,
    source varchar not null,
    primary key (survey, year, kind)
);

create table price_parity (
    fips varchar not null,
    place varchar not null,
    year integer not null,
    parity decimal(14, 4) not null,
    source varchar not null,
    primary key (fips, year)
);

-- Each set of assumptions that the modelled ladder was fitted under.
create table model_scenario (
    ladder varchar not null,
    scenario varchar not null,
    reason varchar not null,
    worst_miss double not null,
    admissible boolean not null,
    source varchar not null,
    primary key (ladder, scenario)
);

-- The fitted levels: pay is lognormal(log_median, sigma) in `currency`.
create table modelled_level (
    ladder varchar not null,
    scenario varchar not null,
    level varchar not null,
    log_median double not null,
    sigma double not null,
    share double not null,
    pay_basis varchar not null,
    currency varchar not null,
    primary key (ladder, scenario, level)
);

-- Assumptions of the modelled ladder, and their alternatives by scenario; without a
-- function those of Bandstand, which a function's own ladder is tried under too.
create table ladder_assumption (
    function varchar,
    scenario varchar not null,
    parameter varchar,
    value double,
    reason varchar not null,
    source varchar not null
);

-- What a function's own ladder was modelled from: the source that has the distribution
-- and where it is paid. The ladder of the seeds is not here.
create table function_model (
    ladder varchar primary key,
    function varchar not null,
    rests_on varchar not null,
    subject varchar not null,
    place varchar not null,
    source varchar not null
);

create table store_meta (
    key varchar primary key,
    value varchar not null
);

-- One job of the taxonomy; columns that its document does not give are empty.
create table job_profile (
    code varchar primary key,
    focus varchar not null,
    ladder varchar not null,
    level varchar not null,
    version integer,
    confidence_label varchar,
    confidence decimal(4, 2),
    status varchar,
    scope varchar,
    evidence_sources integer,
    source varchar not null
);

create table focus_description (
    focus varchar primary key,
    description varchar not null,
    source varchar not null
);

-- What a level requires in one dimension; dimensions that no source gives are absent.
create table level_descriptor (
    ladder varchar not null,
    level varchar not null,
    dimension varchar not null,
    descriptor varchar not null,
    source varchar not null,
    primary key (ladder, level, dimension)
);

create table responsibility (
    focus varchar not null,
    level varchar not null,
    ordinal integer not null,
    responsibility varchar not null,
    source varchar not null,
    primary key (focus, level, ordinal)
);

create table guideline (
    focus varchar not null,
    level varchar not null,
    dimension varchar not null,
    guideline varchar not null,
    source varchar not null,
    primary key (focus, level, dimension)
);

create table skill (
    focus varchar not null,
    ordinal integer not null,
    skill varchar not null,
    meaning varchar not null,
    source varchar not null,
    primary key (focus, skill)
);

create table review_score (
    code varchar not null,
    ordinal integer not null,
    dimension varchar not null,
    score decimal(3, 1) not null,
    source varchar not null,
    primary key (code, dimension)
);

-- Years of experience by kind; where sources disagree, both are kept.
create table level_years (
    ladder varchar not null,
    level varchar not null,
    kind varchar not null,
    low integer not null,
    high integer,
    note varchar,
    source varchar not null,
    primary key (ladder, level, kind)
);

-- Which levels of two ladders are the same work; an empty to_level means none, with a
-- reason.
create table crosswalk (
    ladder varchar not null,
    level varchar not null,
    to_ladder varchar not null,
    to_level varchar,
    reason varchar not null,
    source varchar not null
);

-- Accounts that one customer success manager looks after, by segment.
create table portfolio (
    segment varchar primary key,
    low integer not null,
    high integer not null,
    model varchar not null,
    source varchar not null
);

-- Context of the work and its pay: sales motions and pay levers.
create table work_context (
    kind varchar not null,
    ordinal integer not null,
    name varchar not null,
    meaning varchar not null,
    source varchar not null,
    primary key (kind, name)
);

-- Role guides, one row a fact of the work; `low` without `high` means and more.
-- `cites` numbers the rows of the section sources; `detail` is when, where or why.
create table guide_entry (
    function varchar not null,
    section varchar not null,
    ordinal integer not null,
    topic varchar,
    name varchar not null,
    text varchar not null,
    detail varchar,
    low decimal(14, 4),
    high decimal(14, 4),
    unit varchar,
    document_section varchar,
    cites varchar,
    source varchar not null,
    primary key (function, section, ordinal),
    check ((low is null) = (unit is null)),
    check (high is null or low <= high)
);

-- Phrases of job descriptions; `pattern` finds one in a text (analytics/guide.py).
create table guide_phrase (
    function varchar not null,
    ordinal integer not null,
    phrase varchar not null,
    pattern varchar not null,
    meaning varchar not null,
    ask_at_offer varchar not null,
    document_section varchar,
    cites varchar,
    source varchar not null,
    primary key (function, phrase)
);

-- Words of job titles: short forms, level words, role words and words that say nothing.
create table title_word (
    word varchar not null,
    kind varchar not null,
    meaning varchar,
    track varchar,
    grade decimal(3, 1),
    source varchar not null,
    primary key (word, kind)
);

-- Other titles of a job; without a level, other names of the work at any level.
create table title_alias (
    focus varchar not null,
    level varchar,
    title varchar not null,
    source varchar not null
);

-- Titles of work beside a focus, which mean no job of it, and what sets them apart.
create table title_neighbor (
    focus varchar not null,
    title varchar primary key,
    reason varchar not null,
    source varchar not null
);

-- Wages of the seeds and of the team's loads, across industries. Where both have a
-- row the seeds' row is used.
create view occupation_wage as
with
own as (
    select imported_occupation.* from imported_occupation
    join import_log on import_log.load = imported_occupation.load and state = 'active'
    where industry = '000000'
),
wide as (
    select
        load, year, soc, o_group, area,
        max(value) filter (statistic = 'mean') as mean,
        max(value) filter (statistic = 'p10') as p10,
        max(value) filter (statistic = 'p25') as p25,
        max(value) filter (statistic = 'p50') as p50,
        max(value) filter (statistic = 'p75') as p75,
        max(value) filter (statistic = 'p90') as p90,
        coalesce(string_agg(statistic, ', ' order by statistic) filter (at_least), '') as at_least
    from imported_wage where industry = '000000'
    group by load, year, soc, o_group, area
)
select * from oews_wage
union all
select own.year, own.soc, own.o_group, own.area, own.title, own.employment,
    null as employment_rse, wide.mean, null as mean_rse, wide.p10, wide.p25, wide.p50, wide.p75,
    wide.p90, coalesce(wide.at_least, '') as at_least, own.hourly_median, '' as note,
    'own-load-' || own.load as source
from own
left join wide using (load, year, soc, o_group, area)
anti join oews_known using (year, soc, o_group, area);

-- Since when postings must state a pay range, from which size of employer on, and how
-- wide the range may be; `since` is a day, or the year where no day is recorded.
create table posting_rule (
    source varchar not null,
    place varchar not null,
    since varchar not null,
    employees bigint not null,
    most_width decimal(14, 4),
    unless_above decimal(14, 4),
    currency varchar not null,
    note varchar not null,
    primary key (place, since)
);
