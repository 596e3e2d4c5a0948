"""Times, memory and what a run of a benchmark prints and records."""

from __future__ import annotations

import json
import math
import os
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

ROUNDS = 20
SLOW = 100.0  # ms: what one question may take
SLOW_SEARCH = 20.0


@dataclass(frozen=True)
class Times:
    """Milliseconds of one thing done again and again; the first, which plans and reads from disk, stands apart.

    `cpu`: of all processes that took part, the mean of one time; where others load the machine, it says more.
    """

    first: float
    others: tuple[float, ...]
    cpu: float

    @property
    def median(self) -> float:
        return statistics.median(self.others)

    @property
    def p95(self) -> float:
        return sorted(self.others)[math.ceil(len(self.others) * 0.95) - 1]


def milliseconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def times(deeds: Iterable[Callable[[], object]], cpu: Callable[[], float]) -> Times:
    """Do one thing after another, all of a kind; `cpu` returns the seconds that the processes ever used."""
    first, *others = deeds
    took = milliseconds(first)
    before = cpu()
    rounds = tuple(milliseconds(do) for do in others)
    return Times(took, rounds, (cpu() - before) * 1000 / len(rounds))


def again(do: Callable[[], object]) -> Iterator[Callable[[], object]]:
    """Yield one thing so often that its times tell something."""
    return repeat(do, ROUNDS + 1)


def used(process: int | str = "self") -> float:
    """Return the seconds of CPU that a process ever used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: int | str = "self") -> float:
    """Return the memory of a process in MB (Linux)."""
    return _status(process, "VmRSS")


def peak(process: int | str = "self") -> float:
    """Return the most memory that a process ever held, in MB (Linux)."""
    return _status(process, "VmHWM")


def _status(process: int | str, name: str) -> float:
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"no {name} in /proc/{process}/status: this benchmark runs on Linux")


@dataclass
class Report:
    """Prints plain lines, and keeps the same figures for `--json`."""

    record: dict[str, dict[str, dict[str, float | str]]] = field(default_factory=dict)
    _section: str = ""

    def section(self, name: str) -> None:
        self._section = name
        load = os.getloadavg()[0]
        self.record.setdefault(name, {})
        print(f"\n{name} (load {load:.1f})", flush=True)

    def note(self, what: str, **figures: float | str) -> None:
        """Print and keep figures under a name."""
        self.record[self._section][what] = figures
        shown = ", ".join(
            f"{name.replace('_', ' ')} {value:,.{0 if abs(value) >= 100 else 2}f}" if isinstance(value, float)
            else f"{name.replace('_', ' ')} {value}" for name, value in figures.items()
        )  # fmt: skip
        print(f"  {what}: {shown}", flush=True)

    def times(self, what: str, found: Times, *, slow: float = SLOW, **figures: float | str) -> None:
        self.record[self._section][what] = {
            "median": found.median, "p95": found.p95, "first": found.first, "cpu": found.cpu, **figures,
        }  # fmt: skip
        more = "".join(f", {value:,} {name}" for name, value in figures.items())
        mark = "  SLOW" if found.p95 > slow else ""
        took = f"{found.median:8.1f} ms, p95 {found.p95:8.1f}, cpu {found.cpu:8.1f}, first {found.first:7.0f}"
        print(f"  {took}: {what}{more}{mark}", flush=True)

    def save(self, path: Path, **about: float | str) -> None:
        path.write_text(json.dumps({"about": about, "sections": self.record}, indent=1), encoding="utf-8")
