"""One window for each user: a later start is answered by the first, and by nobody else."""

from __future__ import annotations

import json
import stat
import sys
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from dash_app.desktop.single import SHOW, Single


def test_a_later_start_is_answered_by_the_first(tmp_path: Path):
    first, later = Single(tmp_path), Single(tmp_path)
    assert first.acquire_or_ask(SHOW) is None
    asked: list[str] = []
    first.listen(lambda question: asked.append(question) or "17 /kho của tôi")
    assert later.acquire_or_ask(SHOW) == "17 /kho của tôi"
    assert asked == [SHOW]
    first.release()
    assert later.acquire()
    later.release()


def test_who_has_no_key_is_not_answered_and_does_not_stop_the_next(tmp_path: Path):
    first = Single(tmp_path)
    assert first.acquire()
    first.listen(lambda question: "17 /kho")
    where = json.loads((tmp_path / "window.json").read_bytes())
    with pytest.raises(AuthenticationError):
        Client(("127.0.0.1", where["port"]), authkey=b"x" * 32)
    assert Single(tmp_path).ask(SHOW) == "17 /kho"
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "window.json").stat().st_mode) == 0o600
    first.release()


def test_what_a_crash_left_is_noticed_and_does_not_keep_the_next_out(tmp_path: Path):
    (tmp_path / "window.json").write_text('{"port": 9, "key": "00"}')
    (tmp_path / "window.lock").write_text("{}")
    next_one = Single(tmp_path)
    assert next_one.acquire_or_ask(SHOW) is None
    next_one.listen(lambda question: "")
    assert next_one.stopped_before
    next_one.release()
    assert not (tmp_path / "window.json").exists()
