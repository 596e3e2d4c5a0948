"""File names made safe for any operating system."""

from __future__ import annotations

import pytest

from ntmgraph.workspace.file_names import safe_name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Kế hoạch 136.docx", "Kế hoạch 136.docx"),
        ("Ke\u0302\u0301 hoạch.docx", "Kế hoạch.docx"),  # composed: the same name whichever system sent it
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\Tài liệu\\cv.pdf", "cv.pdf"),
        ("a:b?.txt", "a_b_.txt"),
        ("x\u202excod.exe", "x_xcod.exe"),
        ("dòng\nmới\0.txt", "dòng_mới_.txt"),
        ("CON.txt", "_CON.txt"),
        ("...", "_"),
        ("", "_"),
        (".", "_"),
        ("ậ" * 300 + ".docx", "ậ" * 60 + ".docx"),
    ],
)
def test_a_file_keeps_its_name_without_what_a_system_would_obey(name: str, kept: str):
    assert safe_name(name) == kept
    assert len(safe_name(name).encode()) < 255
