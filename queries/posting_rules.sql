-- Question: Where must a posting state a pay range, since when, and how wide may it be?
-- Params: none
-- Columns: place text, since text, employees count, most_width currency, unless_above currency, currency text, note text, source text
-- Reads: posting_rule
with
rules as (select * from posting_rule),

final as (
    select
        place, since, employees, most_width::double as most_width,
        unless_above::double as unless_above, currency, note, source
    from rules
)

select * from final
order by place, since
