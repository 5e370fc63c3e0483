"""Pay bases: what a figure of pay counts. Figures of different bases are never blended."""

#: Pay bases as they are stored, the narrowest of a package first.
PAY_BASES = ("base", "target_cash", "total_cash", "total_comp", "oews_wage", "unstated")
#: How a basis is labeled on screen and in charts.
LABELS = {
    "base": "base pay",
    "target_cash": "target cash (OTE)",
    "total_cash": "total cash",
    "total_comp": "total compensation",
    "oews_wage": "OEWS wage",
    "unstated": "basis not stated",
}
#: The same for the pay elements of records, of which overtime is in no basis.
ELEMENT_LABELS = {**LABELS, "overtime": "overtime pay"}
#: How a basis is named within a sentence.
PHRASES = {
    "base": "base pay",
    "target_cash": "target cash",
    "total_cash": "total cash",
    "total_comp": "total compensation",
    "oews_wage": "OEWS wage",
    "unstated": "pay of no stated basis",
}
