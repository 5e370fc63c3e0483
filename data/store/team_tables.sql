-- What a team brings itself. A build leaves these tables as they are and puts
-- the active loads into the tables that they belong to once more.

-- Every load, in order; `state` is active, withdrawn, or set aside where it fits
-- the tables no more; `name` is what the team calls
-- it, `mapping` how its columns were taken, as JSON.
create table if not exists import_log (
    load integer primary key,
    kind varchar not null,
    name varchar not null,
    sha256 varchar not null,
    rows_in bigint not null,
    rows_loaded bigint not null,
    rows_rejected bigint not null,
    loaded_at timestamp not null,
    loaded_by varchar not null,
    state varchar not null,
    file varchar,
    mapping varchar
);
-- Stores of earlier versions had neither.
alter table import_log add column if not exists file varchar;
alter table import_log add column if not exists mapping varchar;

-- The files of each taxonomy, as they were given.
create table if not exists taxonomy_file (
    load integer not null,
    name varchar not null,
    content blob not null,
    primary key (load, name)
);

-- Titles that the team has matched by hand.
create table if not exists title_correction (
    title varchar primary key,
    code varchar not null,
    decided_at timestamp not null,
    decided_by varchar not null
);

-- Pricings, pay plans and mappings that were saved; a version is never changed.
create table if not exists saved_work (
    kind varchar not null,
    name varchar not null,
    version integer not null,
    spec varchar not null,
    why varchar not null,
    saved_at timestamp not null,
    saved_by varchar not null,
    primary key (kind, name, version)
);

-- OEWS releases that the team loaded; employment is empty where BLS gives none.
-- Rows of a withdrawn load stay, and are not looked at.
create table if not exists imported_occupation (
    load integer not null,
    year integer not null,
    soc varchar not null,
    o_group varchar not null,
    area varchar not null,
    industry varchar not null,
    title varchar not null,
    employment bigint,
    hourly_median decimal(8, 2),
    primary key (load, year, soc, o_group, area, industry)
);

create table if not exists imported_wage (
    load integer not null,
    year integer not null,
    soc varchar not null,
    o_group varchar not null,
    area varchar not null,
    industry varchar not null,
    statistic varchar not null,
    value decimal(12, 2) not null,
    at_least boolean not null,
    primary key (load, year, soc, o_group, area, industry, statistic)
);

-- Jobs of the surveys that the team loaded, a row for each pay element; `code` is
-- the profile that a job means.
create table if not exists imported_survey (
    load integer not null,
    row integer not null,
    title varchar not null,
    job_code varchar,
    level varchar,
    code varchar,
    match varchar not null,
    reason varchar not null,
    pay_basis varchar not null,
    currency varchar not null,
    place varchar not null,
    as_of varchar not null,
    n bigint,
    organisations bigint,
    p10 decimal(16, 2),
    p25 decimal(16, 2),
    p50 decimal(16, 2),
    p75 decimal(16, 2),
    p90 decimal(16, 2),
    primary key (load, row, pay_basis)
);

-- Pay of people, one row each; money is in hundredths of the currency.
create table if not exists pay_record (
    load integer not null,
    row bigint not null,
    organisation varchar not null,
    function varchar not null,
    focus varchar not null,
    level varchar not null,
    place varchar not null,
    title varchar,
    size varchar,
    currency varchar not null,
    base bigint not null,
    variable bigint,
    equity bigint,
    effective_date date not null
);

-- The team's own people; `code` is the profile that a person's job means, `kept`
-- holds further columns of the file by heading. Money is in hundredths.
create table if not exists employee (
    load integer not null,
    row bigint not null,
    employee_id varchar not null,
    title varchar not null,
    code varchar,
    match varchar not null,
    reason varchar not null,
    level varchar,
    place varchar not null,
    fte decimal(5, 4) not null,
    currency varchar not null,
    base bigint not null,
    variable bigint,
    hire_date date,
    sex varchar,
    as_of date not null,
    kept map(varchar, varchar),
    primary key (load, employee_id)
);

-- The team's own pay ranges, in hundredths; a midpoint that the file does not
-- give is half way, and marked as computed.
create table if not exists pay_range (
    load integer not null,
    row bigint not null,
    code varchar,
    function varchar,
    focus varchar,
    level varchar,
    title varchar,
    place varchar not null,
    currency varchar not null,
    pay_basis varchar not null,
    minimum bigint not null,
    midpoint bigint not null,
    maximum bigint not null,
    midpoint_computed boolean not null,
    effective_date date not null,
    primary key (load, row)
);
