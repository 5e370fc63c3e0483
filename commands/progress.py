"""A progress bar on the terminal while a command works."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Seconds between two looks at how far the work is.
_INTERVAL = 0.2


@contextmanager
def watched(progress: Callable[[], float], label: str) -> Iterator[None]:
    """Show on a terminal how far some work is, by asking ``progress`` for the share done."""
    done = threading.Event()
    with progress_bar(label) as show:

        def follow() -> None:
            while not done.wait(_INTERVAL):
                show(progress())

        follower = threading.Thread(target=follow, daemon=True)
        follower.start()
        try:
            yield
        finally:
            done.set()
            follower.join()


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[float], None]]:
    """A bar on a terminal, moved by the share that is done; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=1.0)
        yield lambda share: bar.update(task, completed=share)
