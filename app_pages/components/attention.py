"""What needs attention in the team's own data: a count each, one click from where to look."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from analytics.attention import OFF_TARGET
from analytics.money import signed_percent
from analytics.own_pay import OwnRange
from analytics.pay_basis import LABELS
from analytics.pricing.ageing import Month
from analytics.pricing.question import BASES, NATION
from analytics.ranges.position import GREEN
from app_pages import cache
from app_pages.asking import records_mode
from app_pages.cache.own_pay import OwnJobs
from app_pages.components.markdown import escape_markdown
from app_pages.components.pay_question import BASIS, JOB, PLACE
from data.imports.log import ACTIVE

_HOME = "app_pages/home.py"


@dataclass(frozen=True)
class Line:
    """One thing to look at, and the link to where it is looked at."""

    text: str
    page: str
    label: str
    link: dict[str, str]


def show_attention() -> None:
    """The lines under a heading of their own; nothing where nothing needs attention."""
    today = date.today()
    month = str(Month(today.year, today.month))
    own = cache.own_jobs(records_mode(), month)
    lines = [*_source_lines(own), *_range_lines(own), *_people_lines(month)]
    if not lines:
        return
    st.header("Needs attention")
    for line in lines:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(line.text, width="content")
            st.page_link(
                line.page,
                label=line.label,
                icon=":material/arrow_forward:",
                query_params=line.link,
                width="content",
            )


def _source_lines(own: OwnJobs) -> list[Line]:
    lines = []
    if own.single_source:
        job = own.single_source[0]
        said = f"**{_many(len(own.single_source), 'job')}** without a second source of base pay"
        link = {"job": job.code, "pay": LABELS["base"]}
        lines.append(Line(said, "app_pages/price.py", f"Price {job.title} · {job.level}", link))
    if own.old_surveys:
        source, as_of = own.old_surveys[0]
        count = _many(len(own.old_surveys), "benchmark")
        said = f"**{count}** older than a year, the oldest of {escape_markdown(as_of)}"
        lines.append(Line(said, "app_pages/sources.py", "See the survey", {"source": source}))
    return lines


def _range_lines(own: OwnJobs) -> list[Line]:
    lines = []
    if own.off_target:
        worst = own.off_target[0]
        level = escape_markdown(worst.pay_range.level)
        said = (
            f"**{_many(len(own.off_target), 'range')}** with a midpoint more than "
            f"{OFF_TARGET:.0%} from the market's median, {level} the furthest at "
            f"{signed_percent(worst.ratio)}"
        )
        lines.append(_at_range(said, worst.pay_range))
    return lines


def _people_lines(month: str) -> list[Line]:
    """How many people are below the minimum of their range, for an owner's eyes alone."""
    if not any(load.kind == "roster" and load.state == ACTIVE for load in cache.loads().rows):
        return []
    everybody = cache.positions(records_mode(), month)
    below = int((everybody.people.position == GREEN).sum()) if everybody else 0
    if not below:
        return []
    people = "person" if below == 1 else "people"
    text = f"**{below:,} {people}** below the minimum of the range"
    return [Line(text, "app_pages/people.py", "Show them", {"of_position": GREEN})]


def _at_range(text: str, pay_range: OwnRange) -> Line:
    """A line that leads to a range's level on Home's own chart."""
    job = cache.job_of_range(pay_range)
    if job is None or pay_range.pay_basis not in BASES:
        return Line(text, "app_pages/imports.py", "See your loads", {})
    link = {
        JOB: job.code,
        PLACE: cache.place_of_range(pay_range) or NATION,
        BASIS: LABELS[pay_range.pay_basis],
    }
    return Line(text, _HOME, f"Show {job.title} · {job.level}", link)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' if count != 1 else ''}"
