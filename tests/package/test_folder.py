"""What is inside the packaged folder, and under which licences."""

from __future__ import annotations

import json
import re
from pathlib import Path

import licences
import package
import pytest
from packaging.utils import canonicalize_name

LARGEST = 300  # MB; what it is now stands in build/README.md


@pytest.fixture
def listed(packaged: Path) -> list[str]:
    """Name, version and licence of each distribution inside."""
    lines = (packaged / "LICENSES" / "LIST.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith(("Python ", "PyInstaller ")) and "(Debian)" not in line]


def test_only_what_the_lock_names_is_inside(listed: list[str]):
    locked = set(re.findall(r"^([\w.-]+)==", package.LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    inside = {canonicalize_name(line.split(" ")[0]) for line in listed}
    assert {"spacy", "ladybug", "dash", "tesserocr", "tantivy"} <= inside
    assert inside <= locked


def test_every_part_has_its_licence_and_none_is_gpl(packaged: Path, listed: list[str]):
    assert len(listed) > 60
    for line in listed:
        name = line.split(" ")[0]
        assert list((packaged / "LICENSES").glob(f"{name}/*")) or canonicalize_name(name) in licences.NO_FILE
        assert "GPL" not in line
    for start in licences.REFUSED:
        assert list(packaged.rglob(f"{start}*")) == []


@pytest.mark.parametrize("distribution", ["pyinstaller", "pyinstaller-hooks-contrib"])
def test_a_gpl_part_is_refused(distribution: str, tmp_path: Path):
    with pytest.raises(licences.LicenceError, match=distribution):
        licences.collect(tmp_path, {distribution}, ())


def test_a_gpl_library_is_refused(tmp_path: Path):
    with pytest.raises(licences.LicenceError, match=r"libreadline\.so\.8: GPL"):
        licences.collect(tmp_path, {"click"}, ("/opt/x/libreadline.so.8",))


def test_the_folder_is_no_larger_than_said(packaged: Path):
    parts = json.loads((packaged / "parts.json").read_text(encoding="utf-8"))["parts"]
    assert 100 < sum(parts.values()) < LARGEST, parts
