"""The declared kinds stand in the schema of each engine, and each written text is used."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ntmgraph import authority
from ntmgraph.authority import Authority
from ntmgraph.store import kinds, texts

_TYPES = {
    "INT64": kinds.INTEGERS,
    "DOUBLE": kinds.NUMBERS,
    "DATE": kinds.DATES,
    "BOOL": kinds.FLAGS,
    "DOUBLE[]": kinds.LISTS,
}


def _declared(properties: tuple[str, ...]) -> dict[str, str]:
    return {name: next((type_ for type_, names in _TYPES.items() if name in names), "STRING") for name in properties}


def test_tables_of_the_embedded_engine() -> None:
    tables: dict[str, tuple[set[tuple[str, str]], dict[str, str]]] = {}
    for statement in texts.statements("schema", "ladybug"):
        made = re.search(r"CREATE (?:NODE|REL) TABLE `?(\w+)`?\((.*)\)", " ".join(statement.split()))
        assert made, statement
        parts = [part.replace("`", "").split() for part in made[2].split(", ")]
        ends = {(part[1], part[3]) for part in parts if part[0] == "FROM" and len(part) == 4}
        columns = {part[0]: part[1] for part in parts if len(part) == 2}
        tables[made[1]] = (ends, columns)
    declared: dict[str, tuple[set[tuple[str, str]], dict[str, str]]] = {
        kind.label: (set(), _declared(kind.properties)) for kind in kinds.NODES
    }
    declared |= {kind.type: (set(kind.ends), _declared(kind.properties)) for kind in kinds.EDGES}
    assert tables == declared


@pytest.mark.parametrize("path", sorted((texts.FOLDER / "write").glob("*.cypher")), ids=lambda path: path.stem)
def test_each_written_text_is_used_and_says_what_it_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("// Question:")
    assert "// Parameters:" in text
    sources = (Path(texts.__file__).parent / name for name in ("ladybug.py", "texts.py", "writing.py"))
    assert any(f'"{path.stem}"' in source.read_text(encoding="utf-8") for source in sources)


def test_words_of_a_text_are_declared_ones_only() -> None:
    with pytest.raises(KeyError):
        texts.node_text("create_nodes", "Document {id: 1}) DETACH DELETE n //")
    with pytest.raises(AssertionError):
        texts.edge_text("CITES", "Task", "Document", ())


def test_another_catalogue_is_another_version() -> None:
    """Who changes `ntmgraph/data` raises the version: an older program must not undo a newer one's catalogue."""
    assert (kinds.VERSION, Authority().version) == ("7", "d59cdf334242fead")


def test_the_catalogue_is_the_same_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git may write the lines of its files with the ends that the system has."""
    copy = shutil.copytree(authority.DATA, tmp_path / "data")
    for path in copy.glob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    here = Authority().version
    monkeypatch.setattr(authority, "DATA", copy)
    assert Authority().version == here
