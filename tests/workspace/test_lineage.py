"""What a workspace says of bodies and units that became others, by real files."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from ntmgraph.queries import ReviewQuestion
from ntmgraph.workspace import Workspace

REPORT = """ỦY BAN NHÂN DÂN TỈNH LÀO CAI
Số: 12/BC-UBND
Lào Cai, ngày 10 tháng 01 năm 2020

BÁO CÁO
Kết quả xây dựng nông thôn mới năm 2019

Tính đến ngày 31/12/2019, xã Phú Nhuận, huyện Bảo Thắng đạt 17/19 tiêu chí.
"""


def test_a_commune_that_went_into_another_one(tmp_path: Path, empty_workspace: Path) -> None:
    (tmp_path / "báo cáo.txt").write_text(REPORT, encoding="utf-8")
    with Workspace.open(shutil.copytree(empty_workspace, tmp_path / "kho")) as workspace:
        workspace.ingest([tmp_path / "báo cáo.txt"])
        (commune,) = workspace.places_named("xã Phú Nhuận", province="Lào Cai")
        (lineage,) = workspace.places_now(commune.id, day=date(2026, 6, 1))
        assert [each.name for each in lineage.now] == ["xã Tằng Loỏng"]
        (result,) = workspace.results_of_lineage(lineage.now[0].id)
        assert (result.place.id, result.value, result.of, result.as_of) == (commune.id, 17, 19, date(2019, 12, 31))
        assert result.criterion is None
        assert result.evidence.quote in REPORT
        assert [step.source for step in result.because] == ["khoản 44 Nghị quyết số 1673/NQ-UBTVQH15"]
        (body,) = workspace.agencies_now("x.ubnd@lao-cai.bao-thang.phu-nhuan", day=date(2026, 6, 1))
        assert [each.name for each in body.now] == ["UBND xã Tằng Loỏng"]
        assert workspace.places_now(commune.id, day=date(2025, 6, 30))[0].now == (commune,)
        assert workspace.review(ReviewQuestion(province="Lào Cai")).total == 0
