-- Question: Which phrases of job descriptions does the role guide of a function explain?
-- Params: function text
-- Columns: ordinal ordinal, phrase text, pattern text, meaning text, ask_at_offer text, document_section text, cites text, source text
-- Reads: guide_phrase
with
phrases as (select * from guide_phrase),

final as (
    select ordinal, phrase, pattern, meaning, ask_at_offer,
        coalesce(document_section, '') as document_section, coalesce(cites, '') as cites, source
    from phrases
    where function = $function
)

select * from final
order by ordinal, phrase
