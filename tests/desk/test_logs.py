"""The log of the program: where it failed and how, without the words of documents or people."""

from __future__ import annotations

import logging
from pathlib import Path

from ntmgraph import logs

TEXT = "Giao Sở Tài chính chủ trì tiêu chí 17"
PASSWORD = "mat-khau-cua-toi"


def test_the_words_of_an_error_stay_out_and_its_way_through_the_code_stays_in(tmp_path: Path):
    log = logging.getLogger("ntmgraph.test_logs")
    handler = logs.file_handler(tmp_path / "window.log")
    log.addHandler(handler)
    try:
        try:
            int(TEXT)
        except ValueError as error:
            raise RuntimeError(f"login with {PASSWORD}") from error
    except RuntimeError:
        log.exception("a page failed")
    try:
        (tmp_path / "không có" / "tệp").write_text("")
    except OSError:
        log.exception("a file failed")
    log.removeHandler(handler)
    handler.close()
    written = (tmp_path / "window.log").read_text(encoding="utf-8")
    assert TEXT not in written
    assert PASSWORD not in written
    assert "builtins.ValueError" in written
    assert "builtins.RuntimeError\n" in written
    assert "test_the_words_of_an_error" in written
    assert "No such file or directory" in written


def test_the_log_is_replaced_before_it_grows_large(tmp_path: Path):
    log = logging.getLogger("ntmgraph.test_logs")
    handler = logs.file_handler(tmp_path / "window.log")
    log.addHandler(handler)
    for _ in range(5 * 1024):
        log.warning("x" * 1000)
    log.removeHandler(handler)
    handler.close()
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 4
    assert max(sizes) <= 1 << 20
