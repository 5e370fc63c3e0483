-- Question: What did percentiles of national occupations become one, two and three years later?
-- Params: none
-- Columns: soc text, p share, year year, later_year year, first_year year, first USD, pay USD, later USD
-- Reads: occupation_wage
with
wages as (
    select year, soc, at_least, p10, p25, p50, p75, p90 from occupation_wage
    where area = 'US' and o_group = 'detailed'
),
percentiles as (
    select year, soc, statistic, pay::double as pay
    from (unpivot wages on p10, p25, p50, p75, p90 into name statistic value pay)
    where pay > 0 and not contains(at_least, statistic)
),
first_years as (
    select soc, statistic, min(year) as year from percentiles group by soc, statistic
),
-- Before May 2022 no Employment Cost Index is held.
asked as (
    select * from percentiles where year >= 2022
),

final as (
    select
        asked.soc, replace(asked.statistic, 'p', '')::double / 100 as p, asked.year,
        later.year as later_year, first_years.year as first_year, first.pay as first, asked.pay,
        later.pay as later
    from asked
    join percentiles as later
        on later.soc = asked.soc and later.statistic = asked.statistic and later.year > asked.year
    join first_years
        on first_years.soc = asked.soc and first_years.statistic = asked.statistic
    join percentiles as first
        on first.soc = asked.soc and first.statistic = asked.statistic
        and first.year = first_years.year
)

select * from final
order by soc, p, year, later_year
