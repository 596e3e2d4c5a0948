"""A workspace that the real program serves, around a graph and an index that whole.py or graph.py --keep made."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "bench"))
from measuring import used
from synthetic import Synthetic

from ntmgraph.authority import Authority
from ntmgraph.store.kinds import VERSION
from ntmgraph.workspace.folder import LAYOUT
from ntmgraph.workspace.originals import JournalOriginals, Original, now

_IDLE = 0.1  # seconds of work within two
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Program:
    """A running `ntmgraph serve`; `address` holds the secret that works once."""

    address: str
    pid: int

    def rest(self) -> None:
        """Wait until the program has done what it does by itself after its first page."""
        before = -1.0
        while used(self.pid) - before > _IDLE:
            before = used(self.pid)
            time.sleep(2)

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def workspace_around(folder: Path, directives: int) -> Path:
    """Return the workspace in FOLDER/workspace, made there if it is missing: FOLDER/graph and FOLDER/index are its
    build, and the texts of the directives its originals."""
    workspace = folder / "workspace"
    if (workspace / "workspace.json").exists():
        return workspace
    build = workspace / "builds" / "1"
    build.mkdir(parents=True, exist_ok=True)
    for name, made in (("graph", "graph"), ("search", "index")):
        if not (build / name).exists():
            (build / name).symlink_to(folder / made, target_is_directory=True)
    (build / "version").write_text(VERSION)
    (build / "reached").write_text(str(_originals(workspace, directives)))
    (build / "reached-decisions").write_text("0")
    (workspace / "workspace.json").write_text(json.dumps({"layout": LAYOUT, "build": "1"}))
    return workspace


def _originals(workspace: Path, directives: int) -> int:
    """Keep the texts as files, and return the offset after their log."""
    originals, taken, at = JournalOriginals(workspace / "originals"), [], now()
    for ordinal, reading in enumerate(Synthetic(Authority(), directives).readings()):
        content, name = reading.document.text.encode(), f"{ordinal:06}.txt"
        original = Original(hashlib.sha256(content).hexdigest(), name, reading.document.id, at)
        path = originals.path(original.sha256, name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)  # without the care of `keep`: a kill only costs time here
        taken.append(original)
    return originals.record(taken)


@contextmanager
def served(workspace: Path) -> Iterator[Program]:
    """The program over a workspace until the block ends; what it sets lies beside the workspace."""
    own = {name: str(workspace.with_name(name.lower())) for name in ("XDG_CONFIG_HOME", "XDG_DOCUMENTS_DIR")}
    command = (sys.executable, "-m", "ntmgraph", "--workspace", str(workspace), "serve", "--no-browser")
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Program(process.stdout.readline().strip(), process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)
