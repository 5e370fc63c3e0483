"""The questions of pay records as plain SQL, the same text on every engine.

Values are bound, each a ``?``; what is pasted is the table's name and columns, which are
checked, and numbers that Bandstand computed. No percentile function is called: the
engine counts people per pay and adds up, and hands over the pay at the ranks needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analytics.grouped_quantiles import FloatArray
from data.records.engines.table import MONEY, NEEDED, RecordTable
from data.records.question import RecordQuery
from data.records.spellings import Spellings

#: An organization, function and day that a later snapshot supersedes.
LeftOut = tuple[str, str, str]


@dataclass(frozen=True)
class Statement:
    """A question's SQL, and the value of each ``?`` in it."""

    sql: str
    values: tuple[str, ...] = ()


@dataclass
class _Bound:
    """Gathers values in the order in which the text has them."""

    values: list[str] = field(default_factory=list)

    def __call__(self, value: str) -> str:
        self.values.append(value)
        return "?"

    def all(self, values: Sequence[str]) -> str:
        return ", ".join(self(value) for value in values)


@dataclass(frozen=True)
class Asked:
    """A question, and the table, spellings and superseded dates that its SQL is made of."""

    query: RecordQuery
    table: RecordTable
    spellings: Spellings = field(default_factory=Spellings)
    left_out: tuple[LeftOut, ...] = ()

    @property
    def keys(self) -> list[str]:
        """What the SQL calls the dimensions of a cell."""
        return [f"cell_{j}" for j in range(len(self.query.by))]


def pay_at(
    asked: Asked, cells: Sequence[tuple[str, ...]], sizes: Sequence[int], positions: FloatArray
) -> Statement:
    """The pay at ``positions``, from 0 and between two people in proportion, in some cells.

    ``cells`` are their labels and ``sizes`` how many people each has; positions have shape
    (cells, positions), and none where they are below 0. A row a cell: its number among
    these, and the pay at each position. A cell that has another size has no row.
    """
    bound, width = _Bound(), range(positions.shape[1])
    chosen = _chosen(asked, bound)
    rows = [
        f"{i}, {size}, {', '.join(map('{:.16e}'.format, at))}"
        for i, (size, at) in enumerate(zip(sizes, positions.tolist(), strict=True))
    ]
    names = ["cell", "size", *(f"at_{j}" for j in width)]
    wanted = _cells(asked, bound, cells, rows, names)
    # No condition holds these apart: Spark takes minutes to plan one of so many columns.
    found = ", ".join(
        f"max(at_{j}) as at_{j}, max(case when up_to - people <= at_{j} and at_{j} < up_to then "
        f"pay end) as low_{j}, max(case when up_to - people - 1 < at_{j} and at_{j} <= up_to - 1 "
        f"then pay end) as high_{j}"
        for j in width
    )
    # A root is a double in every dialect, which have no name for one in common.
    between = ", ".join(
        f"low_{j} + (high_{j} - low_{j}) * (at_{j} - floor(at_{j})) * sqrt(1) as pay_{j}"
        for j in width
    )
    # Cells become numbers before anything is grouped: names are costly to group and sort by.
    return Statement(
        f"with chosen as ({chosen}), wanted as ({wanted}), "
        f"counted as (select cell, pay, count(*) as people from chosen{_join(asked)} "
        "group by cell, pay), "
        "added as (select cell, pay, people, cast(sum(people) over (partition by cell order by "
        "pay rows between unbounded preceding and current row) as bigint) as up_to from counted), "
        f"found as (select added.cell, {found} from added join wanted on added.cell = wanted.cell "
        f"group by added.cell having max(up_to) = max(size)) select cell, {between} from found",
        tuple(bound.values),
    )


def payers(
    asked: Asked,
    labels: Sequence[tuple[str, ...]],
    around: Sequence[Sequence[int]],
) -> Statement:
    """Of each cell and organization the people, and how many are paid at most so much.

    ``around`` has for each cell, in pairs, the pay below and above each percentile: at
    most the first and less than the second are counted. Cells are by their number.
    """
    bound = _Bound()
    chosen = _chosen(asked, bound)
    names = [f"at_{j}" for j in range(len(around[0]))]
    rows = [f"{i}, {', '.join(map(str, pays))}" for i, pays in enumerate(around)]
    wanted = _cells(asked, bound, labels, rows, ["cell", *names])
    counts = ", ".join(
        f"cast(sum(case when pay {'<' if j % 2 else '<='} at_{j} then 1 else 0 end) as bigint) "
        f"as below_{j}"
        for j in range(len(names))
    )
    return Statement(
        f"with chosen as ({chosen}), wanted as ({wanted}) "
        f"select cell, payer, cast(count(*) as bigint) as people, {counts} "
        f"from chosen{_join(asked)} group by cell, payer",
        tuple(bound.values),
    )


def summaries(asked: Asked) -> Statement:
    """Of each cell the people, the organizations, and the first and last day."""
    bound = _Bound()
    keys = ", ".join(asked.keys)
    return Statement(
        f"with chosen as ({_chosen(asked, bound)}), "
        f"counted as (select {keys}, payer, count(*) as people, min(paid_on) as first_day, "
        f"max(paid_on) as last_day from chosen group by {keys}, payer) "
        f"select {keys}, cast(sum(people) as bigint) as people, cast(count(*) as bigint) as "
        "payers, min(first_day) as first_day, max(last_day) as last_day from counted "
        f"group by {keys}",
        tuple(bound.values),
    )


def words(table: RecordTable, names: Sequence[str]) -> Statement:
    """The values of each dimension or other column, and how many records have each."""
    columns = ", ".join(f"{_word(table, name)} as word_{j}" for j, name in enumerate(names))
    keys = [f"word_{j}" for j in range(len(names))]
    sets = ", ".join(f"({key})" for key in keys)
    return Statement(
        f"select {', '.join(keys)}, cast(count(*) as bigint) as people "
        f"from (select {columns} from {table.name} where {table.usable}) words "
        f"group by grouping sets ({sets})"
    )


def days(table: RecordTable, query: RecordQuery) -> Statement:
    """How many records each organization, currency, function and day has."""
    bound = _Bound()
    conditions = _dates_and_currency(table, query, bound)
    columns = [
        table.text("organisation"),
        table.text("currency"),
        table.text("function"),
        table.day,
    ]
    names = ("organisation", "currency", "function", "effective_date")
    named = ", ".join(f"{c} as {n}" for c, n in zip(columns, names, strict=True))
    return Statement(
        f"select {', '.join(names)}, cast(count(*) as bigint) as people from "
        f"(select {named} from {table.name}{conditions}) days "
        f"group by {', '.join(names)}",
        tuple(bound.values),
    )


def totals(table: RecordTable) -> Statement:
    """How many records count, have each pay element, and what they pay in all."""
    elements = {name: table.pay(name) for name in ("base", "target_cash", "total_comp", "overtime")}
    counts = ", ".join(f"cast(count({sql}) as bigint) as {name}" for name, sql in elements.items())
    sums = ", ".join(
        f"cast(sum({table.cents(name)}) as varchar(50)) as sum_{name}"
        for name in ("base", "variable", "equity", "overtime")
    )
    return Statement(
        f"select cast(count(*) as bigint) as records, {counts}, {sums}, "
        f"min({table.day}) as first_day, max({table.day}) as last_day from {table.name} "
        f"where {table.usable}"
    )


def faults(table: RecordTable) -> Statement:
    """How many records there are, how many count, and how many have each fault."""
    conditions = {f"no_{name}": f"{table.columns[name]} is null" for name in NEEDED}
    money = [name for name in MONEY if name in table.columns]
    conditions |= {f"negative_{name}": f"{table.columns[name]} < 0" for name in money}
    counts = ", ".join(
        f"cast(sum(case when {condition} then 1 else 0 end) as bigint) as {name}"
        for name, condition in {"usable": table.usable, **conditions}.items()
    )
    return Statement(f"select cast(count(*) as bigint) as records, {counts} from {table.name}")


def alike(table: RecordTable) -> Statement:
    """How many records repeat another in every field."""
    fields = ", ".join(table.columns.values())
    return Statement(
        "select cast(coalesce(sum(people - 1), 0) as bigint) as repeated from "
        f"(select {fields}, count(*) as people from {table.name} where {table.usable} "
        f"group by {fields}) counted"
    )


def _join(asked: Asked) -> str:
    """Join the wanted cells to whichever relation has the same keys."""
    on = " and ".join(f"{key} = wanted_{j}" for j, key in enumerate(asked.keys))
    return f" join wanted on {on}"


def _cells(
    asked: Asked,
    bound: _Bound,
    labels: Sequence[tuple[str, ...]],
    numbers: Sequence[str],
    names: Sequence[str],
) -> str:
    """Cells by their labels, with numbers for each under these names."""
    rows = ", ".join(
        f"({bound.all(label)}, {row})" for label, row in zip(labels, numbers, strict=True)
    )
    columns = ", ".join([*(f"wanted_{j}" for j in range(len(asked.keys))), *names])
    return f"select * from (values {rows}) as cells ({columns})"


def _chosen(asked: Asked, bound: _Bound) -> str:
    """The people that a question is about: their cell, organization, day and pay."""
    query, table = asked.query, asked.table
    columns = [
        f"{_labelled(asked, name, bound)} as {key}"
        for name, key in zip(query.by, asked.keys, strict=True)
    ]
    columns += [f"{_labelled(asked, 'organisation', bound)} as payer", f"{table.day} as paid_on"]
    columns.append(f"{table.pay(query.element)} as pay")
    conditions = _dates_and_currency(table, query, bound)
    for name, values in query.filters.items():
        if name != "currency":
            spelled = asked.spellings.names(name, values)
            conditions += f" and {table.dimension(name)} in ({bound.all(spelled)})"
    conditions += f" and {table.pay(query.element)} is not null"
    if asked.left_out:
        conditions += f" and not exists ({_superseded(asked, bound)})"
    return f"select {', '.join(columns)} from {table.name}{conditions}"


def _superseded(asked: Asked, bound: _Bound) -> str:
    rows = ", ".join(f"({bound.all(row)})" for row in asked.left_out)
    table = asked.table
    return (
        f"select 1 from (values {rows}) as superseded (left_organisation, left_function, left_day) "
        f"where left_organisation = {table.text('organisation')} and "
        f"left_function = {table.text('function')} and cast(left_day as date) = {table.day}"
    )


def _labelled(asked: Asked, name: str, bound: _Bound) -> str:
    """A dimension, with names that differ in case or spaces alone as one."""
    joined = [(n, label) for d, n, label in asked.spellings.joined if d == name]
    sql = asked.table.dimension(name)
    if not joined:
        return sql
    cases = " ".join(f"when {sql} = {bound(n)} then {bound(label)}" for n, label in joined)
    return f"case {cases} else {sql} end"


def _dates_and_currency(table: RecordTable, query: RecordQuery, bound: _Bound) -> str:
    currency = f"cast({table.columns['currency']} as varchar(10000))"  # which is never missing
    conditions = f" where {table.usable} and {currency} = {bound(query.currency)}"
    if query.since:
        conditions += f" and {table.day} >= cast({bound(query.since)} as date)"
    if query.until:
        conditions += f" and {table.day} <= cast({bound(query.until)} as date)"
    return conditions


def _word(table: RecordTable, name: str) -> str:
    return f"cast({table.day} as varchar(10))" if name == "date" else table.dimension(name)
