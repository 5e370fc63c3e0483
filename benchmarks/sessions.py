"""Many open pages at once: how long a rerun takes them, and whether memory stays flat.

``python -m benchmarks.sessions [SESSIONS] [RERUNS]`` starts a server of its own and speaks
Streamlit's protocol as browsers do, without drawing: 500 reruns in one session; then 100
sessions ramped, each of which goes from page to page while a long import runs beside them,
with the low priority that docs/deploy.md asks for. Between two pages a session thinks as
TPC-W's do: exponentially, seven seconds in the mean. Give it an idle machine.
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from data.build.build import build
from tests.browser.serving import HOME, served, wait_for

PAGES = ("market", "ladder", "sources", "places", "ote")
AT_MOST_SECONDS = 1.5
THINKING_SECONDS, SEED = 7.0, 20261128
_MB = 1 << 20


async def rerun(page: ClientConnection, name: str) -> float:
    """Seconds until a page's script, asked for by its address, has ended."""
    ask = BackMsg()
    ask.rerun_script.page_name = name
    start = time.perf_counter()
    await page.send(ask.SerializeToString())
    while True:
        message = ForwardMsg.FromString(bytes(await page.recv(decode=False)))
        if message.WhichOneof("type") == "page_not_found":
            raise RuntimeError(f"{name}: no such page")
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise RuntimeError(f"{name}: its script did not end well")
            return time.perf_counter() - start


async def session(address: str, wait: float, thoughts: Sequence[float]) -> list[float]:
    """Seconds of each click of a session that opens after a wait and thinks after each click."""
    await asyncio.sleep(wait)
    async with connect(f"{address}/_stcore/stream", max_size=None) as page:
        seconds = []
        for click, thought in enumerate(thoughts):
            seconds.append(await rerun(page, PAGES[click % len(PAGES)]))
            await asyncio.sleep(thought)
        return seconds


async def ramped(address: str, sessions: int) -> list[float]:
    """Seconds of every click of so many sessions, five more each second."""
    thoughts = np.random.default_rng(SEED).exponential(THINKING_SECONDS, (sessions, 10))
    each = (session(address, k / 5, thought) for k, thought in enumerate(thoughts.tolist()))
    found = await asyncio.gather(*each)
    return [seconds for session in found for seconds in session]


async def one_session(address: str, reruns: int, server: psutil.Process) -> tuple[float, float]:
    """Megabytes of the server after a tenth of the reruns of one session, and after all."""
    async with connect(f"{address}/_stcore/stream", max_size=None) as page:
        sizes = []
        for click in range(reruns):
            await rerun(page, PAGES[click % len(PAGES)])
            sizes.append(server.memory_info().rss / _MB)
        return sizes[max(reruns // 10, len(PAGES)) - 1], sizes[-1]


def main(sessions: int = 100, reruns: int = 500) -> None:
    """Measure, and print what was found beside what it may be."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "bandstand.duckdb"
        build(store)
        with served(store) as (url, process):
            wait_for(f"{url}/_stcore/health")
            address, server = url.replace("http", "ws", 1), psutil.Process(process)
            early, late = asyncio.run(one_session(address, reruns, server))
            print(f"memory over {reruns} reruns: {early:.0f} MB early, {late:.0f} MB at the end")
            seconds = asyncio.run(beside_an_import(address, sessions, Path(folder)))
    low, high = np.quantile(seconds, [0.5, 0.95])
    print(
        f"{sessions} sessions, {len(seconds)} reruns beside an import: median {low:.2f} s, "
        f"p95 {high:.2f} s (at most {AT_MOST_SECONDS})"
    )


async def beside_an_import(address: str, sessions: int, folder: Path) -> list[float]:
    """`ramped`, while another process loads records into a store of its own again and again."""
    again = (
        'while seed=$((seed + 1)); do "$0" -m cli demo records --rows 3000000 --seed $seed; done'
    )
    words = ["nice", "sh", "-c", again, sys.executable]
    environment = {"BANDSTAND_DB": str(folder / "other.duckdb"), "PATH": os.environ["PATH"]}
    with subprocess.Popen(
        words, cwd=HOME, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    ) as other:
        try:
            return await ramped(address, sessions)
        finally:
            os.killpg(other.pid, signal.SIGTERM)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
