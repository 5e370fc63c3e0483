-- Question: Which functions have a role guide, and how large is it?
-- Params: none
-- Columns: function text, title text, entries count, phrases count
-- Reads: job_function, guide_entry, guide_phrase
with
functions as (select * from job_function),
entries as (select function, count(*) as entries from guide_entry group by function),
phrases as (select function, count(*) as phrases from guide_phrase group by function),

final as (
    select functions.function, functions.title,
        coalesce(entries.entries, 0) as entries, coalesce(phrases.phrases, 0) as phrases
    from functions
    left join entries on entries.function = functions.function
    left join phrases on phrases.function = functions.function
    where entries.entries is not null or phrases.phrases is not null
)

select * from final
order by function
