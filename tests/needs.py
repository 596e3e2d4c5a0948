"""What a test needs from its machine: absent, it is skipped and says why, or fails where all is required."""

from __future__ import annotations

import os
from pathlib import Path

import neo4j_server
import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"  # real directives with hand-made annotations; they stay outside the project


def need(present: object, what: str) -> None:
    """Skip the running test with a reason when something is missing; fail it under NTMGRAPH_REQUIRE=all."""
    if present:
        return
    if os.environ.get("NTMGRAPH_REQUIRE") == "all":
        pytest.fail(f"{what} is missing, and NTMGRAPH_REQUIRE=all asks for it")
    pytest.skip(f"{what} is missing")


def need_shared() -> Path:
    """Return the folder of real directives beside the project."""
    need((SHARED / "seeds").is_dir(), "the folder of real directives beside the project (../shared)")
    return SHARED


def need_neo4j() -> None:
    need(neo4j_server.is_installed(), f"Neo4j {neo4j_server.VERSION} (python build/dev.py test fetches it)")
