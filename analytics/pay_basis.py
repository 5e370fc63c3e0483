"""Pay bases: what a figure of pay counts."""

PAY_BASES = ("base", "target_cash", "total_cash", "total_comp", "oews_wage", "unstated")
