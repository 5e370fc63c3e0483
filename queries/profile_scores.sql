-- Question: How did the review score a profile?
-- Params: code text
-- Columns: ordinal ordinal, dimension text, score score
-- Reads: review_score
with
scores as (select * from review_score),

final as (
    select ordinal, dimension, score::double as score from scores where code = $code
)

select * from final
order by ordinal
