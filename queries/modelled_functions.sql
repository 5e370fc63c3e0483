-- Question: Of which functions of the team is the ladder to be modelled, and on whose word?
-- Params: none
-- Columns: function text, title text, asked_by text, ladders count, ladder text, levels text
-- Reads: job_function, ladder, level, ladder_assumption, ladder_request
with
functions as (select * from job_function),
ladders as (select * from ladder where kind = 'profiles'),
rungs as (select * from level),

asked as (
    select function, 'ladder_model.csv' as asked_by from ladder_assumption
    where function is not null
    union
    select function, 'bandstand fit ladder' as asked_by from ladder_request
),

one as (
    select function, min(asked_by order by asked_by desc) as asked_by from asked group by function
),

rungs_of as (
    select
        ladders.function, count(distinct ladders.ladder) as ladders,
        min(ladders.ladder) as ladder, string_agg(rungs.level, ', ' order by rungs.level) as levels
    from ladders
    join rungs on rungs.ladder = ladders.ladder
    group by ladders.function
),

final as (
    select
        functions.function, functions.title, one.asked_by,
        coalesce(rungs_of.ladders, 0) as ladders, coalesce(rungs_of.ladder, '') as ladder,
        coalesce(rungs_of.levels, '') as levels
    from one
    join functions on functions.function = one.function
    left join rungs_of on rungs_of.function = functions.function
)

select * from final
order by function
