"""The chain of responsibility as a layered drawing: basis -> document -> task -> agencies -> what it concerns.

Pure: an answer becomes a chain (nodes and edges), a chain becomes a drawing (places). Across, places are thousandths of
the width, so that the drawing fits any screen; down, they are pixels.

Sugiyama's steps: ranks are given by kind, edges over several ranks pass through points, the order within a rank comes
from sweeps of barycentres, keeping the order with the fewest crossings, and heights follow the neighbours as closely
as the distances allow.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from textwrap import wrap

from dash_app.pages.trace.data import row_keys
from ntmgraph.model import Basis, DocumentState
from ntmgraph.queries import CriterionName, DocumentName, Named, TraceAnswer, TraceRow

MOST_NODES = 200
RANKS = ("basis", "document", "fact", "agency", "object")


@dataclass(frozen=True, slots=True)
class Node:
    """One card. `rows` are the facts it takes part in; a stub is a document known only by being cited.

    `count`: how many cards it stands for where they are folded into one.
    """

    id: str
    rank: int
    kind: str  # document, task, agency, criterion, place, deadline: its colour and sign
    label: str
    note: str | None = None
    detail: str | None = None
    roles: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    stub: bool = False
    asked: bool = False
    draft: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    basis: Basis
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0  # rows that the limit left no room for


class _Gathered:
    """Nodes and edges while rows are added; what is named twice is one card."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.edges: dict[tuple[str, str], Edge] = {}

    def node(self, node: Node) -> str:
        known = self.nodes.get(node.id)
        if known:
            node = replace(known, roles=_joined(known.roles, node.roles), rows=_joined(known.rows, node.rows))
        self.nodes[node.id] = node
        return node.id

    def edge(self, source: str, target: str, basis: Basis, rows: tuple[str, ...]) -> None:
        known = self.edges.get((source, target))
        if known:
            basis, rows = _stronger(known.basis, basis), _joined(known.rows, rows)
        self.edges[source, target] = Edge(source, target, basis, rows)


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _stronger(first: Basis, second: Basis) -> Basis:
    order = (Basis.DECIDED, Basis.STATED, Basis.INFERRED)
    return min(first, second, key=order.index)


def chain_of(
    answer: TraceAnswer,
    *,
    most: int = MOST_NODES,
    folded: Collection[str] = (),
    opened: Collection[str] = (),
) -> Chain:
    """The rows of an answer as one chain of at most `most` nodes; rows beyond are counted, not drawn.

    folded: names of ranks whose cards stand together, a document's tasks as one, the agencies as one, of the last rank
    each kind as one. opened: ids of such groups that are shown as single cards again.
    """

    def gathered_of(rows: int) -> _Gathered:
        return _fold(_gather(answer, rows), folded, opened)

    drawn = bisect_right(range(1, len(answer.rows) + 1), most, key=lambda rows: len(gathered_of(rows).nodes))
    gathered = gathered_of(drawn)
    return Chain(tuple(gathered.nodes.values()), tuple(gathered.edges.values()), len(answer.rows) - drawn)


def _gather(answer: TraceAnswer, count: int) -> _Gathered:
    asked = {thing.id for thing in (*answer.criteria, *answer.agencies, *answer.places)}
    gathered = _Gathered()
    keys_of: dict[str, tuple[str, ...]] = defaultdict(tuple)  # document -> its rows
    for row, key in zip(answer.rows[:count], row_keys(answer.rows), strict=False):
        _add_row(gathered, row, (key,), asked)
        keys_of[row.document.id] += (key,)
    _add_basis(gathered, answer, keys_of)
    return gathered


def _fold(whole: _Gathered, folded: Collection[str], opened: Collection[str]) -> _Gathered:
    """The same chain with the cards of these ranks joined; what was asked about stays a card of its own."""
    if not folded:
        return whole
    before = {target: source for source, target in whole.edges}
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in whole.nodes.values():
        if RANKS[node.rank] in folded and not node.asked:
            of = {"fact": before.get(node.id, ""), "object": node.kind}.get(RANKS[node.rank], "")
            groups[f"group:{RANKS[node.rank]}:{of}"].append(node)
    joined = {
        node.id: Node(id, node.rank, node.kind, "", count=len(nodes))
        for id, nodes in groups.items()
        if len(nodes) > 1 and id not in opened
        for node in nodes
    }
    gathered = _Gathered()
    for node in whole.nodes.values():
        gathered.node(replace(joined[node.id], rows=node.rows) if node.id in joined else node)
    for edge in whole.edges.values():
        source, target = (joined[end].id if end in joined else end for end in (edge.source, edge.target))
        gathered.edge(source, target, edge.basis, edge.rows)
    return gathered


def _add_row(gathered: _Gathered, row: TraceRow, rows: tuple[str, ...], asked: set[str]) -> None:
    document = gathered.node(_document_node(row.document, 1, rows))
    fact = gathered.node(Node(f"fact:{row.id}", 2, "task", row.what or _concern(row), note=row.fact, rows=rows))
    gathered.edge(document, fact, row.basis, rows)
    named = [(other, "lead") for other in row.lead]
    if row.agency:
        named.insert(0, (row.agency, row.role or ""))
    named += [(other, "coordinate") for other in row.with_]
    if row.fact == "reporting":
        named += [(other, "receives") for other in row.reports_to]
    for agency, role in named:
        basis = Basis.INFERRED if row.lead_inferred and agency in row.lead else row.basis
        gathered.edge(fact, gathered.node(_agency_node(agency, role, rows, asked)), basis, rows)
    source = f"agency:{named[0][0].id}" if row.agency or row.lead else fact
    for target in _objects(row, rows, asked):
        gathered.edge(source, gathered.node(target), row.basis, rows)


def _agency_node(agency: Named, role: str, rows: tuple[str, ...], asked: set[str]) -> Node:
    roles = (role,) if role else ()
    return Node(f"agency:{agency.id}", 3, "agency", agency.name, roles=roles, rows=rows, asked=agency.id in asked)


def _concern(row: TraceRow) -> str:
    """What an assignment or a help is about, for its card."""
    if row.criterion:
        return _criterion_label(row.criterion)
    return row.place.name if row.place else ""


def _criterion_label(criterion: CriterionName) -> str:
    return " ".join(str(part) for part in (criterion.number, criterion.name) if part is not None) or criterion.id


def _objects(row: TraceRow, rows: tuple[str, ...], asked: set[str]) -> Iterable[Node]:
    if row.criterion:
        yield Node(
            f"criterion:{row.criterion.id}",
            4,
            "criterion",
            _criterion_label(row.criterion),
            note=row.criterion.set,
            rows=rows,
            asked=row.criterion.id in asked,
        )
    if row.place:
        yield Node(f"place:{row.place.id}", 4, "place", row.place.name, rows=rows, asked=row.place.id in asked)
    if row.deadline:
        label = f"{row.deadline.date:%d/%m/%Y}" if row.deadline.date else row.deadline.text
        yield Node(f"deadline:{label}", 4, "deadline", label, detail=row.deadline.state, rows=rows)


def _add_basis(gathered: _Gathered, answer: TraceAnswer, keys_of: dict[str, tuple[str, ...]]) -> None:
    citing = {document for document, _, _ in answer.basis_documents if document in keys_of}
    for document, _relation, cited in answer.basis_documents:
        if document not in keys_of or cited.id == document:
            continue
        if cited.id in keys_of:
            if cited.id in citing:
                continue  # it cites and is cited within the answer: no rank holds it left of itself
            gathered.nodes[f"document:{cited.id}"] = replace(gathered.nodes[f"document:{cited.id}"], rank=0)
        node = gathered.node(_document_node(cited, 0, keys_of[document]))
        gathered.edge(node, f"document:{document}", Basis.STATED, keys_of[document])


def _document_node(document: DocumentName, rank: int, rows: tuple[str, ...]) -> Node:
    label = document.number or document.subject or document.type or document.id
    day = f"{document.date:%d/%m/%Y}" if document.date else None
    draft = document.state == DocumentState.DRAFT
    return Node(f"document:{document.id}", rank, "document", label, document.type, day, rows=rows, draft=draft)


# The drawing

GAP = 7  # between cards of a rank
SCREEN = 480  # of height seen at once; a longer chain is read by scrolling
TOP = 10
LINE = 16  # height of a line of a label
THIN = 10  # height kept free for an edge that passes a rank
WIDTHS = {0: 112, 1: 112, 2: 178, 3: 140, 4: 120}  # of the ranks, in pixels of the narrowest drawing
SPACE = 14  # between ranks, in the same pixels
MARGIN = 10
LETTER = 6.2  # mean width of a letter of a label
MOST_LINES = {"document": 9, "task": 2, "agency": 3, "criterion": 2, "place": 2, "deadline": 2}


@dataclass(frozen=True, slots=True)
class Box:
    """A card and its place: left and width in thousandths, top and height in pixels."""

    node: Node
    left: float
    width: float
    top: float
    height: float
    lines: int


@dataclass(frozen=True, slots=True)
class Line:
    """An edge as the path of an SVG whose width is 1000."""

    edge: Edge
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    ranks: tuple[tuple[str, float, float], ...]  # name, left, width
    height: float
    narrowest: int  # pixels below which the cards would be too small to read

    crossings: int


def lay_out(chain: Chain) -> Drawing:
    """Places for every card and edge of the chain; equal chains give equal drawings."""
    layers, joints = _layered(chain)
    layers, crossings = _ordered(layers, joints)
    columns, narrowest = _columns(sorted({node.rank for node in chain.nodes}))
    nodes = {node.id: node for node in chain.nodes}
    lines_of = {node.id: _label_lines(node) for node in chain.nodes}
    heights = {
        name: _height(nodes[name], lines_of[name]) if name in nodes else THIN
        for layer in layers.values()
        for name in layer
    }
    centres = _centres(layers, joints, heights)
    boxes = tuple(
        Box(
            nodes[name],
            *columns[rank],
            centres[name] - heights[name] / 2,
            heights[name],
            lines_of[name],
        )
        for rank, layer in layers.items()
        for name in layer
        if name in nodes
    )
    lines = tuple(Line(edge, _path(edge, nodes, columns, centres)) for edge in chain.edges)
    bottom = max((box.top + box.height for box in boxes), default=TOP)
    ranks = tuple((RANKS[rank], *columns[rank]) for rank in layers)
    return Drawing(boxes, lines, ranks, bottom + MARGIN, narrowest, crossings)


def _columns(ranks: Sequence[int]) -> tuple[dict[int, tuple[float, float]], int]:
    total = sum(WIDTHS[rank] for rank in ranks) + SPACE * (len(ranks) - 1) + 2 * MARGIN
    columns: dict[int, tuple[float, float]] = {}
    left = float(MARGIN)
    for rank in ranks:
        columns[rank] = (left * 1000 / total, WIDTHS[rank] * 1000 / total)
        left += WIDTHS[rank] + SPACE
    return columns, total


def _label_lines(node: Node) -> int:
    letters = int((WIDTHS[node.rank] - 22) / LETTER)
    return max(1, min(MOST_LINES[node.kind], len(wrap(node.label, letters))))


def _height(node: Node, lines: int) -> float:
    return 28 + LINE * (lines + (node.detail is not None))


def _joint(edge: Edge, rank: int) -> str:
    return f"{edge.source} {edge.target} {rank}"


def _layered(chain: Chain) -> tuple[dict[int, list[str]], list[tuple[str, str]]]:
    """Names per rank, with a point for each edge that passes a rank, and the joints between neighbouring ranks."""
    rank_of = {node.id: node.rank for node in chain.nodes}
    ranks = sorted(set(rank_of.values()))
    layers: dict[int, list[str]] = {rank: [] for rank in ranks}
    for node in chain.nodes:
        layers[node.rank].append(node.id)
    joints: list[tuple[str, str]] = []
    for edge in chain.edges:
        between = [rank for rank in ranks if rank_of[edge.source] < rank < rank_of[edge.target]]
        stops = [edge.source, *(_joint(edge, rank) for rank in between), edge.target]
        for rank, stop in zip(between, stops[1:-1], strict=True):
            layers[rank].append(stop)
        joints += pairwise(stops)
    return layers, joints


def _ordered(
    layers: dict[int, list[str]], joints: Sequence[tuple[str, str]], *, sweeps: int = 12
) -> tuple[dict[int, list[str]], int]:
    """The layers in the order with the fewest crossings that the sweeps met, and that number."""
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for source, target in joints:
        after[source].append(target)
        before[target].append(source)
    ranks = list(layers)
    order = {rank: list(names) for rank, names in layers.items()}
    best, fewest = order, _crossings(order, joints)
    for sweep in range(sweeps):
        if not fewest:
            break
        forward = sweep % 2 == 0
        current = {rank: list(names) for rank, names in order.items()}
        steps = pairwise(ranks if forward else ranks[::-1])
        for fixed, free in steps:
            places = {name: index for index, name in enumerate(current[fixed])}
            current[free] = _by_barycentre(current[free], before if forward else after, places)
        order = current
        crossings = _crossings(order, joints)
        if crossings < fewest:
            best, fewest = order, crossings
    return best, fewest


def _by_barycentre(names: Sequence[str], neighbours: dict[str, list[str]], places: dict[str, int]) -> list[str]:
    """Sorted by the mean place of the neighbours; one without neighbours keeps its place."""

    def weight(item: tuple[int, str]) -> float:
        index, name = item
        near = [places[other] for other in neighbours[name] if other in places]
        return sum(near) / len(near) if near else float(index)

    return [name for _, name in sorted(enumerate(names), key=weight)]


def _crossings(layers: dict[int, list[str]], joints: Sequence[tuple[str, str]]) -> int:
    place = {name: (rank, index) for rank, names in layers.items() for index, name in enumerate(names)}
    between: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for source, target in joints:
        between[place[source][0]].append((place[source][1], place[target][1]))
    crossings = 0
    for pairs in between.values():
        seen: list[int] = []
        for _, target in sorted(pairs):
            crossings += len(seen) - bisect_right(seen, target)
            insort(seen, target)
    return crossings


def _centres(
    layers: dict[int, list[str]], joints: Sequence[tuple[str, str]], heights: dict[str, float]
) -> dict[str, float]:
    """The tallest rank is stacked; the ranks to its left and right follow it as closely as the distances allow."""
    near: dict[str, list[str]] = defaultdict(list)
    for source, target in joints:
        near[source].append(target)
        near[target].append(source)
    ranks = list(layers)
    if not ranks:
        return {}
    tallness = {rank: sum(heights[name] + GAP for name in layers[rank]) for rank in ranks}
    tall = max(ranks, key=lambda rank: tallness[rank])
    long = tallness[tall] > SCREEN
    centres: dict[str, float] = {}
    pivot = ranks.index(tall)
    for rank in (tall, *ranks[pivot + 1 :], *ranks[:pivot][::-1]):
        wanted: list[float] = []
        for name in layers[rank]:
            known = [centres[other] for other in near[name] if other in centres]
            if not known:
                wanted.append(wanted[-1] + heights[name] if wanted else 0.0)
            elif long and rank < tall:  # a document stands where its tasks begin: what it says is read downwards
                wanted.append(min(known))
            else:
                wanted.append(sum(known) / len(known))
        centres |= dict(zip(layers[rank], _apart([heights[n] for n in layers[rank]], wanted), strict=True))
    top = min(centres[name] - heights[name] / 2 for name in centres)
    return {name: centre - top + TOP for name, centre in centres.items()}


def _apart(heights: Sequence[float], wanted: Sequence[float]) -> list[float]:
    """Centres nearest to the wanted ones (least squares) that keep order and distance: pool adjacent violators."""
    offsets = [0.0]
    for upper, lower in pairwise(heights):
        offsets.append(offsets[-1] + (upper + lower) / 2 + GAP)
    pools: list[tuple[float, int]] = []  # mean, count
    for want, offset in zip(wanted, offsets, strict=False):
        mean, count = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, size = pools.pop()
            mean, count = (mean * count + other * size) / (count + size), count + size
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=False)]


def _path(
    edge: Edge, nodes: dict[str, Node], columns: dict[int, tuple[float, float]], centres: dict[str, float]
) -> str:
    first, last = nodes[edge.source].rank, nodes[edge.target].rank
    x, y = sum(columns[first]), centres[edge.source]
    path = f"M{x:.1f} {y:.1f}"
    for rank in (rank for rank in columns if first < rank <= last):
        name = edge.target if rank == last else _joint(edge, rank)
        left, width = columns[rank]
        middle, height = (x + left) / 2, centres[name]
        path += f"C{middle:.1f} {y:.1f} {middle:.1f} {height:.1f} {left:.1f} {height:.1f}"
        if rank != last:
            path += f"H{left + width:.1f}"
        x, y = left + width, height
    return path
