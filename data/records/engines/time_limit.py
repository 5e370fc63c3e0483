"""How long a statement may take on an engine."""

import threading
from collections.abc import Callable

from analytics.errors import EngineError
from data.store.settings import limit


class Deadline:
    """Calls ``stop`` where what is done within takes longer than the limit allows."""

    def __init__(self, name: str, stop: Callable[[], object]) -> None:
        self.seconds = limit("RECORDS_SECONDS")
        self.passed = False
        self._name, self._stop = name, stop
        self._timer = threading.Timer(0, stop)

    def __enter__(self) -> None:
        self.passed = False
        self._timer = threading.Timer(self.seconds, self._pass)
        self._timer.daemon = True
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def error(self) -> EngineError:
        """What is said once it has passed."""
        return too_slow(self._name, self.seconds)

    def _pass(self) -> None:
        self.passed = True
        self._stop()


def too_slow(name: str, seconds: int) -> EngineError:
    """The error of an engine that did not answer in time."""
    return EngineError(
        f"{name}: no answer within {seconds:,} seconds; filter, or set BANDSTAND_RECORDS_SECONDS"
    )
