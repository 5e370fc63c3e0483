-- Question: Under which assumptions are a function's ladder, and every ladder, to be modelled?
-- Params: function text
-- Columns: function text, scenario text, parameter text, value number, reason text
-- Reads: ladder_assumption
with
assumptions as (select * from ladder_assumption),

final as (
    select function, scenario, parameter, value, reason
    from assumptions
    where function is null or function = $function
)

select * from final
order by function nulls first, scenario <> 'default', scenario, parameter
