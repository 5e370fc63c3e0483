-- Question: What do the words of job titles say?
-- Params: none
-- Columns: word text, kind text, meaning text, track text, grade number
-- Reads: title_word
with
words as (select * from title_word),

final as (
    select word, kind, meaning, track, grade::double as grade from words
)

select * from final
order by kind, word
