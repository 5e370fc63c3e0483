"""A Spark cluster of the tests' own on this machine: a master, two workers, a Connect server.

Spark itself is in `.venv-engines` (`make engines`), Java is the system's.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from data.records.engines.spark import SparkEngine
from tests.browser.serving import free_port
from tests.conftest import HOME

_SPARK = ".venv-engines/lib/python*/site-packages/pyspark"
INSTALL = "'make engines' puts Spark into .venv-engines; Java is openjdk-17-jre-headless"
_CONNECT = "org.apache.spark.sql.connect.service.SparkConnectServer"
#: Seconds that a cluster may take to start on a busy machine.
_PATIENCE = 180


@dataclass
class Cluster:
    """A cluster that is up; ``url`` is that of its Connect server."""

    url: str
    server: "subprocess.Popen[bytes]"
    workers: list["subprocess.Popen[bytes]"]
    others: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def cpu_seconds(self) -> float:
        """What all its living processes have used."""
        total = 0.0
        for started in (self.server, *self.workers, *self.others):
            process = psutil.Process(started.pid)
            for each in (process, *process.children(recursive=True)):
                times = each.cpu_times()
                total += times.user + times.system
        return total


def spark_home() -> Path | None:
    """Where Spark is, or None; Java too must be there."""
    found = sorted(HOME.glob(_SPARK))
    return found[-1] if found and shutil.which("java") else None


def kill(started: "subprocess.Popen[bytes]") -> None:
    """End a process that a test started, and all that it started, at once."""
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()


@contextmanager
def spark_cluster(folder: Path) -> Iterator[Cluster]:
    """A cluster that lasts as long as the block; skips the test where there is no Spark."""
    home = spark_home()
    if home is None:
        pytest.skip(f"SPARK IS NOT TESTED: {INSTALL}")
    master, connect = free_port(), free_port()
    started: list[subprocess.Popen[bytes]] = []
    local = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder)}
    environment = {**os.environ, **local, "SPARK_HOME": str(home), "SPARK_NO_DAEMONIZE": "1"}

    def start(name: str, program: str, *words: str) -> "subprocess.Popen[bytes]":
        with (folder / f"{name}.log").open("wb") as log:
            started.append(
                subprocess.Popen(
                    [str(home / "bin" / program), *words], cwd=folder, env=environment,
                    stdout=log, stderr=log, start_new_session=True,
                )
            )  # fmt: skip
        return started[-1]

    try:
        deploy = "org.apache.spark.deploy"
        address = f"spark://127.0.0.1:{master}"
        boss = start("master", "spark-class", f"{deploy}.master.Master", "--host", "127.0.0.1",
                     "--port", str(master), "--webui-port", "0")  # fmt: skip
        workers = [
            start(f"worker-{i}", "spark-class", f"{deploy}.worker.Worker", "--host", "127.0.0.1",
                  "--webui-port", "0", "--cores", "1", "--memory", "2g", "--work-dir",
                  str(folder / f"work-{i}"), address)
            for i in range(2)
        ]  # fmt: skip
        settings = {
            "spark.connect.grpc.binding.port": connect, "spark.executor.memory": "2g",
            "spark.executor.cores": 1, "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": 4,
            "spark.driver.host": "127.0.0.1", "spark.sql.warehouse.dir": folder / "warehouse",
        }  # fmt: skip
        confs = [word for k, v in settings.items() for word in ("--conf", f"{k}={v}")]
        server = start("connect", "spark-submit", "--master", address, *confs, "--class",
                       _CONNECT, "spark-internal")  # fmt: skip
        url = f"sc://127.0.0.1:{connect}/"
        _wait_for(url, server)
        yield Cluster(url, server, workers, [boss])
    finally:
        for process in reversed(started):
            if process.poll() is None:
                kill(process)


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            SparkEngine(url).close()
            return
        except Exception:  # noqa: BLE001 whatever says that it is not up yet
            time.sleep(1)
    raise AssertionError("the cluster did not start")
