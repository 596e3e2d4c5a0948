"""Write the catalogue files of `ntmgraph/data/` from a folder of gathered domain facts.

    python build/make_catalogue.py ../shared/domain

The facts and their sources stand in that folder's README: criteria sets from the decisions that issue
them, agencies from public directives, units and their lineage from the National Statistics Office's old-to-new
conversion table, cross-checked with the MIT-licensed data set dvhcvn/20250701. A value with status `believed`
is a default that users override; the program never shows it as stated.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "ntmgraph" / "data"
LEVELS = {
    "trung_uong": "central",
    "tinh": "province",
    "huyen": "district",
    "xa": "commune",
    "thon": "village",
    "lien_cap": "province",
}
KINDS = {
    "bo": "ministry",
    "so": "department",
    "dang": "party",
    "mttq_doan_the": "front",
    "chinh_quyen": "committee",
    "nhom": "group",
    "chuc_danh": "office_holder",
    "luc_luong_vu_trang": "force",
    "phong": "division",
    "ban_nganh": "board",
    "don_vi_khac": "other",
    "ban_chi_dao": "steering",
    "don_vi_soan_thao": "drafting_room",
    "van_phong_dieu_phoi": "coordination_office",
    "lap_phap": "legislature",
    "van_phong": "office",
    "hanh_phap": "government",
    "luu_tru": "archive",
    "ban_quan_ly": "management_board",
    "cong_dong": "community",
    "tham_chieu": "reference",
}
# Rooms that drafted a letter ("NLN1"), the archive and "Như trên" stand in the gathered facts because they stand in
# copy lists; they name nobody who could be given a task.
NAMELESS_KINDS = frozenset({"drafting_room", "archive", "reference"})
# Aliases that stand for one province's own body, are a desk's mark, or are words that name several bodies.
MISLEADING_ALIASES = frozenset(
    """
    BCĐ | BCH | C, PCVP | CVP | HU | PC Lào Cai | PCT | PCT1 | PCVP | PCVP3 | TU | TW | UBND | HĐND | ĐU | BQL xã |
    Báo Lào Cai | Đài PT-TH tỉnh | Bí thư Huyện ủy | Bí thư Thành ủy | CA | CAT | HPN | Phòng Kinh tế | VBSP |
    Ban Chỉ đạo nông thôn mới và giảm nghèo bền vững | các PCT | các PCVP | các cơ quan thông tin truyền thông |
    các địa phương | cấp ủy xã | chi bộ | Bí thư Chi bộ thôn | tổ chức thành viên | UBND các huyện, thành phố |
    UBND các huyện, thị xã, thành phố | UBND cấp huyện | UBND các xã | UBND cấp xã
    """.replace("\n    ", " ")
    .strip()
    .split(" | ")
)
CRITERIA_LEVELS = {"xã": "commune", "huyện": "district", "tỉnh": "province", "thôn": "village"}


def nfc(value: object) -> str:
    return unicodedata.normalize("NFC", "" if value is None else str(value))


def write(name: str, columns: list[str], rows: Iterable[Mapping[str, Any]]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        count = 0
        for row in rows:
            writer.writerow({column: nfc(row.get(column)) for column in columns})
            count += 1
    print(f"{name}: {count} rows")


def criteria_sets(facts: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for each in facts["sets"]:
        start, end = each["period"].split("-")
        level, _, grade = each["level"].partition(" (")
        yield {
            "id": each["id"],
            "level": CRITERIA_LEVELS[level],
            "grade": grade.rstrip(")"),
            "from_year": start,
            "to_year": end,
            "province": next(
                (p for p in ("Lạng Sơn", "Lào Cai", "Quảng Trị") if p in each["legal_basis"]["issuer"]), ""
            ),
            "number": each["legal_basis"]["number"],
            "date": each["legal_basis"]["date"],
            "issuer": each["legal_basis"]["issuer"],
            "title": each["legal_basis"]["title"],
            "criteria": each["n_criteria"]["value"],
            "status": each["n_criteria"]["status"].split(" ")[0],
            "source": each["n_criteria"]["source"],
        }


def commune_groups(facts: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for each in facts["sets"]:
        for name, meaning in each.get("commune_groups", {}).items():
            yield {
                "set": each["id"],
                "number": name.rpartition(" ")[2],
                "name": name,
                "meaning": meaning,
                "status": each["n_criteria"]["status"].split(" ")[0],
                "source": each["n_criteria"]["source"],
            }


def criteria(facts: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for each in facts["sets"]:
        for one in each["criteria"]:
            usual = one.get("usual_department") or {}
            yield {
                "set": each["id"],
                "number": one["number"],
                "name": one["name"],
                "group": one.get("group"),
                "concept": one.get("concept") or "|".join(one.get("concept_coverage") or ()),
                "aliases": "|".join(one.get("aliases") or ()),
                "usual_lead_before_2025_03": usual.get("before_2025_03"),
                "usual_lead_from_2025_03": usual.get("from_2025_03"),
                "lead_status": usual.get("status"),
                "lead_source": usual.get("source"),
                "name_status": one.get("name_status") or each["names_status"],
            }


# Bodies made when others were joined: before that day nothing that a group was told was told to them.
FOUNDED = {
    **dict.fromkeys(("tw.bnnmt", "tw.bdttg", "t.snnmt", "t.sdttg", "t.tk2", "h.pnnmt"), "2025-03-01"),
    **dict.fromkeys(("t.btgdv", "t.duubnd", "t.dudt"), "2025-02-01"),
    **dict.fromkeys(("h.ptkv", "x.vp", "x.pkt", "x.pvhxh", "x.ttpvhcc"), "2025-07-01"),
}


def agencies(facts: dict[str, Any]) -> Iterable[dict[str, Any]]:
    clashes = set(facts["abbreviation_clashes"])
    for each in facts["agencies"]:
        if KINDS[each["kind"]] in NAMELESS_KINDS:
            continue
        # A remark in brackets is the gatherer's, not part of the name; a clashing abbreviation names nothing by itself.
        names = [re.sub(r"\s*\([^)]*\)$", "", alias) for alias in each["aliases"]]
        yield {
            "id": each["id"],
            "name": each["canonical"],
            "aliases": "|".join(dict.fromkeys(name for name in names if name not in clashes | MISLEADING_ALIASES)),
            "level": LEVELS[each["level"]],
            "kind": KINDS[each["kind"]],
            "parent": each.get("parent"),
            "symbol": each.get("symbol"),
            "since": FOUNDED.get(each["id"]),
            "status": each["status"],
            "source": each.get("source"),
        }


def successors(facts: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for each in facts["agencies"]:
        for later in each["successor"]:
            yield {
                "id": each["id"],
                "successor": later["id"],
                **{k: later.get(k) for k in ("date", "extent", "status")},
                "basis": basis_words(later.get("basis") or ""),
            }


def basis_words(basis: str) -> str:
    """Return what a succession rests on as an officer would write it, for every province."""
    basis = re.sub(r"\bNĐ (?=\d)", "Nghị định ", basis.replace(" + ", " và ").replace(" under ", " thuộc "))
    return re.sub(r"Kết luận của BTV Tỉnh ủy .*", "kết luận của Ban Thường vụ Tỉnh ủy", basis)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("domain", type=Path, help="the folder that holds criteria.json, agencies.json, places.csv ...")
    domain: Path = parser.parse_args().domain
    DATA.mkdir(parents=True, exist_ok=True)
    known = json.loads((domain / "criteria.json").read_text(encoding="utf-8"))
    bodies = json.loads((domain / "agencies.json").read_text(encoding="utf-8"))
    write(
        "criteria_sets.csv",
        [
            "id",
            "level",
            "grade",
            "from_year",
            "to_year",
            "province",
            "number",
            "date",
            "issuer",
            "title",
            "criteria",
            "status",
            "source",
        ],
        criteria_sets(known),
    )
    write("commune_groups.csv", ["set", "number", "name", "meaning", "status", "source"], commune_groups(known))
    write(
        "criteria.csv",
        [
            "set",
            "number",
            "name",
            "group",
            "concept",
            "aliases",
            "usual_lead_before_2025_03",
            "usual_lead_from_2025_03",
            "lead_status",
            "lead_source",
            "name_status",
        ],
        criteria(known),
    )
    write(
        "agencies.csv",
        ["id", "name", "aliases", "level", "kind", "parent", "symbol", "since", "status", "source"],
        agencies(bodies),
    )
    write("agency_successors.csv", ["id", "successor", "date", "basis", "extent", "status"], successors(bodies))
    for name in ("places.csv", "place_lineage.csv"):
        with (domain / name).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            write(name, list(reader.fieldnames or ()), reader)


if __name__ == "__main__":
    main()
