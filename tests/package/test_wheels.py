"""What Windows would have to compile: nothing."""

from __future__ import annotations

import pytest
import wheels


@pytest.mark.parametrize("python", wheels.PYTHONS, ids=str)
def test_windows_compiles_nothing(python: tuple[int, int]):
    lock = wheels.LOCK.read_text(encoding="utf-8")
    assert len(list(wheels.locked_on_windows(lock, python))) > 60
    assert wheels.to_compile(lock, wheels.wheels(), python) == []


def test_what_windows_would_compile_is_named():
    lock = "dash-cytoscape==1.0.2 \\\n    --hash=sha256:00\nuvloop==0.2 ; sys_platform != 'win32' \\\n    --hash=sha256:01\n"
    assert wheels.to_compile(lock, wheels.wheels(), (3, 11)) == ["dash-cytoscape 1.0.2"]
