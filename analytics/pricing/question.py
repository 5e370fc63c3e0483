"""The question that Home and a report answer: what to pay a job, where, and when."""

from dataclasses import dataclass

from analytics.job_rows import JobProfile
from analytics.pay_basis import LABELS
from analytics.percentiles import percentile_label
from analytics.pricing.ageing import Month

#: Pay bases that a question may be about.
BASES = ("base", "target_cash", "total_comp")
#: The place that is asked where none is chosen.
NATION = "United States"


@dataclass(frozen=True)
class PayQuestion:
    """What should we pay a job, where, on which basis, at which percentile, when?

    ``place`` is empty for the whole country; ``percentile`` lies in (0, 1).
    """

    job: JobProfile
    place: str
    basis: str
    percentile: float
    month: Month

    @property
    def place_label(self) -> str:
        """The place, or the nation where none is chosen."""
        return self.place or NATION

    @property
    def text(self) -> str:
        """The question as a sentence."""
        return (
            f"What should we pay a {self.job.label} in {self.place_label}, "
            f"{LABELS[self.basis]}, at {percentile_label(self.percentile)}, in "
            f"{self.month.words}?"
        )
