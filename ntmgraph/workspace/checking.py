"""Originals, graph and index of a workspace held against each other; every drift is named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ntmgraph import terms
from ntmgraph.ids import is_doubt
from ntmgraph.model import Reading
from ntmgraph.store.search import passages
from ntmgraph.workspace.contents import contents, differing
from ntmgraph.workspace.deciding import apply
from ntmgraph.workspace.decisions import CATALOGUE, Decision, by_document, document_decided_on, moved_id, proofs
from ntmgraph.workspace.decisions import standing as standing_decisions
from ntmgraph.workspace.errors import TornLogError
from ntmgraph.workspace.home import Home
from ntmgraph.workspace.originals import Original, now, standing_on

Decided = Callable[[], Sequence[Decision]]  # every decision
OnProgress = Callable[[int, int], None]  # documents done, documents in all
ReadOriginal = Callable[[str], Reading | str]  # document -> what its original says, or why it cannot be read


class DriftKind(StrEnum):
    ORIGINAL_DAMAGED = "original_damaged"  # or lost
    DOCUMENT_MISSING = "document_missing"
    DOCUMENT_UNLOGGED = "document_unlogged"
    FILE_DIFFERS = "file_differs"
    FACTS_DIFFER = "facts_differ"
    NOT_SEARCHABLE = "not_searchable"
    PASSAGES_DIFFER = "passages_differ"
    SEARCHABLE_UNLOGGED = "searchable_unlogged"
    DECISIONS_MISSING = "decisions_missing"
    DECISION_UNFITTING = "decision_unfitting"


_WORDS = {
    DriftKind.DOCUMENT_MISSING: "Văn bản {} có tệp gốc mà không có trong đồ thị.",
    DriftKind.DOCUMENT_UNLOGGED: "Văn bản {} có trong đồ thị mà không có tệp gốc.",
    DriftKind.FILE_DIFFERS: "Đồ thị ghi văn bản {} theo một tệp khác với tệp gốc mà nó phải theo.",
    DriftKind.FACTS_DIFFER: "Đồ thị ghi văn bản {} khác với điều đọc được từ tệp gốc: {}.",
    DriftKind.NOT_SEARCHABLE: "Văn bản {} không có trong chỉ mục tìm kiếm.",
    DriftKind.PASSAGES_DIFFER: "Chỉ mục tìm kiếm của văn bản {} có {} đoạn, văn bản có {} đoạn.",
    DriftKind.SEARCHABLE_UNLOGGED: "Chỉ mục tìm kiếm còn văn bản {} đã không có tệp gốc.",
}
# What a document says, by the kinds of nodes and edges that say it.
_KINDS = {
    "Document": "thông tin chung của văn bản",
    **terms.THINGS,
    "CITES": "viện dẫn",
    "ISSUED_BY": "cơ quan ban hành",
    "ADDRESSED_TO": "nơi gửi",
    "SENT_TO": "nơi nhận",
    "MENTIONS": "cơ quan, địa bàn, tiêu chí được nêu",
    "HAS": "chỗ của đoạn, mục, thời hạn, chỉ tiêu, điều cần xem lại",
    "ASSIGNS": "câu giao nhiệm vụ",
    "RESPONSIBLE": "cơ quan của nhiệm vụ",
    "REPORTS_TO": "nơi nhận báo cáo của nhiệm vụ",
    "DUE": "thời hạn của nhiệm vụ",
    "CONCERNS": "tiêu chí, địa bàn của nhiệm vụ, chỉ tiêu",
    "LEADS": "cơ quan chủ trì tiêu chí",
    "COORDINATES": "cơ quan phối hợp tiêu chí",
    "HELPS": "giúp đỡ địa bàn",
    "PART_OF": "nhóm của cơ quan",
    "OF": "tiêu chí của kết quả",
    "IN": "địa bàn của kết quả",
    "FROM": "văn bản nêu kết quả",
}
_AT_ONCE = 20  # documents compared in the same questions
_LOOKS = 3  # more than the first one, where others write meanwhile
_REBUILD = "Hãy chạy “ntmgraph rebuild” để dựng lại."


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that does not fit."""

    kind: DriftKind
    what: str  # id of the document, name of the file, or where the workspace is
    message: str  # Vietnamese: what, and what next


def check(
    home: Home, read: ReadOriginal, *, facts: bool = True, on_progress: OnProgress | None = None
) -> Iterator[Drift]:
    """Yield what does not fit. facts: also read each original again and compare what it says with the graph.

    What others write while logs, graph and index are read one after another is no drift: it is looked at again.
    """
    decided: Decided = home.decisions.all
    try:
        decided()
    except TornLogError as error:
        yield Drift(DriftKind.DECISIONS_MISSING, home.where, str(error))
        decided, facts = tuple, False  # what documents say as decided is not known
    reached = home.written, len(decided())
    yield from _damage(home, decided())
    drifts = list(_drifts(home, read, decided, None if facts else (), on_progress))
    for _ in range(_LOOKS):
        before, reached = reached, (home.written, len(decided()))
        if not drifts or reached == before:
            break
        doubted = {each.what for each in drifts}
        drifts = [each for each in _drifts(home, read, decided, doubted if facts else ()) if each.what in doubted]
    yield from drifts


def _damage(home: Home, decisions: Sequence[Decision]) -> Iterator[Drift]:
    for file in home.originals.files():
        if (reason := home.originals.damage(file)) is not None:
            yield Drift(DriftKind.ORIGINAL_DAMAGED, file.name, reason)
    for proof in proofs(decisions):
        if (reason := home.originals.damage(Original(proof.sha256, proof.name, "", now()))) is not None:
            yield Drift(DriftKind.ORIGINAL_DAMAGED, proof.name, reason)


def _drifts(
    home: Home,
    read: ReadOriginal,
    decided: Decided,
    reread: Collection[str] | None,
    on_progress: OnProgress | None = None,
) -> Iterator[Drift]:
    """Yield the drifts of documents. reread: those whose originals are read again, None for all."""
    standing = standing_on(home.originals.files())
    taken_in = {row["id"] for row in home.graph.ask("taken_in")}
    found = home.index.documents()
    for kind, documents in (
        (DriftKind.DOCUMENT_MISSING, standing.keys() - taken_in),
        (DriftKind.DOCUMENT_UNLOGGED, taken_in - standing.keys()),
        (DriftKind.NOT_SEARCHABLE, standing.keys() - found),
        (DriftKind.SEARCHABLE_UNLOGGED, found - standing.keys()),
    ):
        yield from (_drift(kind, document) for document in sorted(documents))
    there = {document: file for document, file in standing.items() if document in taken_in}
    for document, (sha256, _) in sorted(contents(home.graph, there).items()):
        if sha256 != there[document].sha256:
            yield _drift(DriftKind.FILE_DIFFERS, document)
    yield from _lost(decided(), there)
    again = {document: file for document, file in there.items() if reread is None or document in reread}
    yield from _facts(home, read, decided, again, on_progress)


def _lost(decisions: Sequence[Decision], there: Collection[str]) -> Iterator[Drift]:
    """Yield the decisions on documents that are not there, but for those said anew of the id they have now."""
    said = {decision.id for decision in decisions}
    for decision in standing_decisions(decisions):
        document = document_decided_on(decision)
        if document not in (None, CATALOGUE) and document not in there and not is_doubt(decision.fact):
            if any(moved_id(decision.id, each) in said for each in there):
                continue
            yield _unfitting(decision, document)


def _facts(
    home: Home, read: ReadOriginal, decided: Decided, standing: dict[str, Original], on_progress: OnProgress | None
) -> Iterator[Drift]:
    decisions = by_document(decided())
    documents = sorted(standing)
    for start in range(0, len(documents), _AT_ONCE):
        readings: list[Reading] = []
        for done, document in enumerate(documents[start : start + _AT_ONCE], start=start + 1):
            reading = read(document)
            if on_progress is not None:
                on_progress(done, len(standing))
            # What is wrong with its original is told already, or the reader's to tell.
            if isinstance(reading, str) or reading.document.sha256 != standing[document].sha256:
                continue
            if reading.document.id != document:  # this version calls it otherwise
                yield _drift(DriftKind.FACTS_DIFFER, document, "mã của văn bản")
                continue
            applied = apply(reading, decisions.get(document, decisions[None]))
            yield from (_unfitting(decision, document) for decision in applied.unfitting)
            readings.append(applied.reading)
        yield from _unlike(home, readings)


def _unlike(home: Home, readings: Sequence[Reading]) -> Iterator[Drift]:
    """Yield what graph and index hold of documents otherwise than their readings say it."""
    found = home.index.passages([reading.document.id for reading in readings])
    other = differing(home.graph, readings)
    for reading in readings:
        document = reading.document.id
        if kinds := other.get(document):
            which = ", ".join(f"{_KINDS[kind]} ({count})" for kind, count in sorted(kinds.items()))
            yield _drift(DriftKind.FACTS_DIFFER, document, which)
        if 0 < found[document] != len(passages(reading)):  # none at all is told already
            yield _drift(DriftKind.PASSAGES_DIFFER, document, found[document], len(passages(reading)))


def _drift(kind: DriftKind, document: str, *more: object) -> Drift:
    return Drift(kind, document, f"{_WORDS[kind].format(document, *more)} {_REBUILD}")


def _unfitting(decision: Decision, document: str) -> Drift:
    message = (
        f"Quyết định của {decision.by} lúc {decision.at.astimezone():%H:%M ngày %d/%m/%Y} không còn khớp câu nào của"
        f" văn bản {document}. Quyết định vẫn được giữ; hãy xem lại văn bản và quyết định lại."
    )
    return Drift(DriftKind.DECISION_UNFITTING, document, message)
