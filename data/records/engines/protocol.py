"""What Bandstand asks of an engine that holds pay records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa


@dataclass(frozen=True)
class Extent:
    """How many rows and bytes a table is said to have; None where the engine does not tell."""

    rows: int | None = None
    size: int | None = None


class Engine(Protocol):
    """A place where pay records are, and which answers SQL.

    ``name`` says which it is, without user, password or token. One engine is used by one
    thread at a time, but for `cancel`.
    """

    name: str

    def ask(self, sql: str, values: Sequence[str] = ()) -> pa.Table:
        """The answer to a question, each ``?`` in it bound to one of ``values``.

        Raises `EngineError` where the engine refuses or can't be reached, and
        `CancelledError` after `cancel`; neither names a value or a secret.
        """
        ...

    def stream(self, sql: str, values: Sequence[str] = ()) -> Iterator[pa.Table]:
        """The same answer a part at a time, so that it may be larger than memory.

        What is left is not asked for once the caller stops.
        """
        ...

    def stamp(self) -> str:
        """What changes when the records do, as far as the engine knows without reading them.

        Empty where it does not know; then the records' sums are asked for.
        """
        ...

    def extent(self, table: str) -> Extent:
        """How large a table is, as far as that is known without reading it."""
        ...

    def cancel(self) -> None:
        """Stop the question that another thread is asking."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...
