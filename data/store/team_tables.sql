-- The team's own data. A build leaves these tables as they are, and puts the rows
-- of active loads back into the tables that it has made anew.

-- Every load, in order. `state` is active, withdrawn, or set aside when the load no
-- longer fits the tables; `name` is the team's name for it, `mapping` how its columns
-- were matched, as JSON.
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
-- Stores of earlier versions lack both columns.
alter table import_log add column if not exists file varchar;
alter table import_log add column if not exists mapping varchar;

-- The files of each taxonomy, byte for byte.
create table if not exists taxonomy_file (
    load integer not null,
    name varchar not null,
    content blob not null,
    primary key (load, name)
);

-- Titles that the team has matched to a profile by hand.
create table if not exists title_correction (
    title varchar primary key,
    code varchar not null,
    decided_at timestamp not null,
    decided_by varchar not null
);

-- Saved pricings, pay plans and column mappings; a version is never changed.
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

-- OEWS releases that the team loaded; employment is empty where BLS publishes none.
-- Rows of a withdrawn load stay, unused.
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

-- Jobs of the surveys that the team loaded, one row per pay basis; `code` is the
-- job's profile. `used` is false for a row beside one of the other weighting.
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
    weighting varchar,
    used boolean,
    primary key (load, row, pay_basis)
);
-- Stores of earlier versions lack these; there every row is used.
alter table imported_survey add column if not exists weighting varchar;
alter table imported_survey add column if not exists used boolean;

-- Pay records, one row per person; money is in hundredths of the currency. Base and
-- variable pay are of full-time work: where `pay_is` actual, what was paid is that × `fte`. `tenure` is a class of years;
-- overtime is in no other pay.
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
    effective_date date not null,
    fte decimal(5, 4),
    pay_is varchar,
    department varchar,
    tenure varchar,
    tenure_years decimal(5, 2),
    overtime bigint
);
-- Stores of earlier versions lack these.
alter table pay_record add column if not exists fte decimal(5, 4);
alter table pay_record add column if not exists pay_is varchar;
alter table pay_record add column if not exists department varchar;
alter table pay_record add column if not exists tenure varchar;
alter table pay_record add column if not exists tenure_years decimal(5, 2);
alter table pay_record add column if not exists overtime bigint;

-- The team's own employees; `code` is the profile of the employee's job, `kept`
-- has further columns of the file by heading. `status` is active, on leave or left;
-- `pay_is` says whether pay is actual, as paid for the FTE, or full-time. Money is in
-- hundredths.
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
    status varchar,
    termination_date date,
    pay_is varchar,
    primary key (load, employee_id)
);
-- Stores of earlier versions lack these; there pay is as paid for the FTE.
alter table employee add column if not exists status varchar;
alter table employee add column if not exists termination_date date;
alter table employee add column if not exists pay_is varchar;

-- The team's own pay ranges, in hundredths; a midpoint that the file does not
-- give is half way between the ends, and marked as computed.
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

-- The steps of ranges that came as a step schedule, in hundredths of the range's currency.
create table if not exists pay_range_step (
    load integer not null,
    row bigint not null,
    step integer not null,
    pay bigint not null,
    primary key (load, row, step)
);

-- Functions whose ladder is to be modelled under Bandstand's assumptions, by command; a
-- taxonomy's ladder_model.csv asks for the same.
create table if not exists ladder_request (
    function varchar primary key,
    requested_at timestamp not null,
    requested_by varchar not null
);

-- Fits of ladders by a hash of their inputs; a fit takes half a second.
create table if not exists ladder_fit (
    digest varchar primary key,
    log_median double[] not null,
    sigma double[] not null,
    share double[] not null,
    mixture double[] not null,
    worst_miss double not null
);

-- What others may see of the pay records, as it was last published: a row for each cell
-- of the lattice, in order. `shape` names the columns that the people of a cell share;
-- pay is rounded, in the currency.
create table if not exists published_band (
    position integer primary key,
    shape varchar not null,
    function varchar,
    focus varchar,
    level varchar,
    place varchar,
    pay_basis varchar not null,
    currency varchar not null,
    n varchar not null,
    organisations varchar not null,
    p10 double, p10_low double, p10_high double,
    p25 double, p25_low double, p25_high double,
    p50 double, p50_low double, p50_high double,
    p75 double, p75_low double, p75_high double,
    p90 double, p90_low double, p90_high double,
    interval_of varchar not null,
    note varchar not null,
    status varchar not null,
    source varchar not null,
    as_of varchar not null
);

-- When that was, and of how many organizations: one or several.
create table if not exists publication (
    published_at timestamp not null,
    published_by varchar not null,
    one_organisation boolean not null
);

-- What it was published from: the people of each block (`function` to `place`), and
-- what they had in the records (`own_function` to `own_place`). It stays with the owner;
-- the store that others open has none. Money is in hundredths.
create table if not exists published_from (
    currency varchar not null,
    function varchar not null,
    focus varchar not null,
    level varchar not null,
    place varchar not null,
    own_function varchar not null,
    own_focus varchar not null,
    own_level varchar not null,
    own_place varchar not null,
    organisation varchar not null,
    load integer not null,
    day integer not null,
    base bigint not null,
    variable bigint,
    equity bigint,
    overtime bigint
);
