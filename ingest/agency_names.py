"""What bodies are called: the catalogue's names and the genre's own, gathered under the stem that the levels share.

"UBND tỉnh", "Ủy ban nhân dân huyện" and "UBND cấp xã" have one stem, "UBND", and one known body a level. Bodies
that no catalogue has ("Phòng Kinh tế và Hạ tầng") are composed of a head and a field (`data/fields.csv`) or stand
in `data/bodies.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.phrases import Phrases
from ntmgraph.authority import Authority, KnownAgency
from ntmgraph.text import key

DATA = Path(__file__).resolve().parent / "data"
LEVEL_WORDS = {
    "trung ương": "central",
    "tỉnh": "province",
    "huyện": "district",
    "thị xã": "district",
    "thành phố": "district",
    "quận": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
    "thôn": "village",
    "bản": "village",
    "ấp": "village",
    "xóm": "village",
    "buôn": "village",
    "tổ dân phố": "village",
    "khu dân cư": "village",
    "tiểu khu": "village",
    "khu phố": "village",
    "khóm": "village",
    "làng": "village",
}
_LEVEL_END = {
    level: re.compile(
        rf"(?:,? (?:cấp |các |của )?(?:{'|'.join(word for word, at in LEVEL_WORDS.items() if at == level)}))+$",
        re.IGNORECASE,
    )
    for level in ("central", "province", "district", "commune", "village")
}
SHORT = {
    "Ủy ban nhân dân": "UBND",
    "Hội đồng nhân dân": "HĐND",
    "Ủy ban Mặt trận Tổ quốc Việt Nam": "Ủy ban MTTQ Việt Nam",
}
SHORT["Thường trực Hội đồng nhân dân"] = "Thường trực HĐND"
# Which head word makes a body of which kind, and at which level when nothing else says so.
HEADS = {
    "sở": ("department", "province"),
    "bộ": ("ministry", "central"),
    "phòng": ("division", "district"),
    "ngành": ("department", "province"),
}


@dataclass(slots=True)
class Stem:
    """A body's name without its level, and the catalogue's id at each level."""

    name: str
    kind: str
    level: str | None = None  # when the text names none
    alone: bool = True  # whether the words name a body without a level ("thanh tra" does not)
    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # the catalogue's name at each level

    @property
    def usual_level(self) -> str | None:
        """The level that is meant where the text gives none; None when several could be."""
        if self.level is not None:
            return self.level
        return next(iter(self.ids)) if len(self.ids) == 1 else None


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a stem; `level` when the spelling itself says it."""

    stem: Stem
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    words: tuple[str, ...]


class AgencyNames:
    """Every known name, ready to be looked up in text."""

    def __init__(self, authority: Authority) -> None:
        self._stems: dict[str, Form] = {}
        self._units = frozenset(authority.units_by_name)
        self.slips: set[str] = set()  # misprints that occur in real documents
        for row in _rows("bodies.csv"):
            self._add_body(row)
        for agency in authority.agencies.values():
            if agency.kind != "group":
                self._add_known(agency)
        self.fields = Phrases(_field_forms())
        self.stems = Phrases(self._stems)
        self.groups = tuple(
            Group(row["id"], row["name"], tuple(row["words"].split("|"))) for row in _rows("groups.csv")
        )

    def is_unit(self, name: str) -> bool:
        """Return whether a province, district or commune has this name."""
        return key(name) in self._units

    def of_field(self, head: str, name: str) -> Stem:
        """Return the body that a head and a field name: "sở" and "Tài chính" -> Sở Tài chính."""
        kind, level = HEADS[head]
        full = f"{'Sở' if head == 'ngành' else head.capitalize()} {name}"
        form = self._stems.get(key(full))
        return form.stem if form else Stem(full, kind, level)

    def _add_body(self, row: dict[str, str]) -> None:
        stem = Stem(SHORT.get(row["name"], row["name"]), row["kind"], row["level"] or None, row["alone"] != "no")
        for name in (row["name"], *filter(None, row["aliases"].split("|")), *filter(None, row["slips"].split("|"))):
            self._stems[key(name)] = Form(stem)
        self.slips.update(key(slip) for slip in row["slips"].split("|") if slip)

    def _add_known(self, agency: KnownAgency) -> None:
        level_end = _LEVEL_END[agency.level]
        forms = {key(level_end.sub("", name)): key(name) for name in (agency.name, *agency.aliases)}
        stems = {id(form.stem): form.stem for stripped in forms if (form := self._stems.get(stripped))}
        if not stems:
            new = Stem(level_end.sub("", agency.name), agency.kind)
            stems = {id(new): new}
        for stem in stems.values():
            stem.ids.setdefault(agency.level, agency.id)
            stem.names.setdefault(agency.level, agency.name)
        first = next(iter(stems.values()))
        for stripped, whole in forms.items():
            # A central body's full name says its level ("Ủy ban Trung ương Mặt trận Tổ quốc").
            says_it = agency.level == "central" or stripped.startswith("tỉnh ")  # "Tỉnh đoàn"
            fixed = agency.level if says_it and stripped == whole else None
            self._stems.setdefault(stripped, Form(first, fixed))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _field_forms() -> Iterator[tuple[str, str]]:
    for row in _rows("fields.csv"):
        for form in (row["field"], *filter(None, row["forms"].split("|"))):
            yield form, row["field"]
