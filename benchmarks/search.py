"""How fast the search index takes in passages and answers, on made-up directives.

    python benchmarks/search.py [PASSAGES]

Prints passages a second, the median and the slowest answer of each kind of query, and the time from one dropped
document to its being found. The commonest words stand in one passage of five, as in real directives.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ntmgraph.authority import Authority
from ntmgraph.model import Agency, Document, DocumentState, Mention, Provision, Reading
from ntmgraph.queries import SearchQuestion
from ntmgraph.store.search import open_index

PER_DOCUMENT = 25
WORDS = 45  # of a passage
QUERIES = (
    "nong thon moi",
    "nông thôn mới",
    '"xây dựng nông thôn mới"',
    "512/UBND-NLN",
    "sở tài chính chủ trì phối hợp",
    "giao thong phu nhuan",
    "tiêu chí",
    "khongcotunay",
)
COMMON = (
    *("nông thôn mới", "xây dựng", "tiêu chí", "thực hiện", "UBND tỉnh", "Sở Tài chính", "UBND huyện", "các xã"),
    *(
        "chủ trì",
        "phối hợp",
        "báo cáo",
        "kế hoạch",
        "môi trường",
        "giao thông",
        "chỉ đạo",
        "trước ngày",
        "tháng",
        "năm",
    ),
    *("chương trình mục tiêu quốc gia", "hộ nghèo", "thu nhập", "thủy lợi", "đạt chuẩn"),
)


def readings(passages: int) -> Iterator[Reading]:
    random_ = random.Random(2021)
    authority = Authority()
    names = [unit.full_name for unit in authority.units.values()]
    vocabulary = [*COMMON, *(name for name, _ in zip(names, range(4000), strict=False))]
    weights = [1 / (rank + 20) for rank in range(len(vocabulary))]
    for number in range(passages // PER_DOCUMENT):
        id = f"d{number}"
        lines = [
            f"Số: {number}/UBND-NLN",
            *(" ".join(random_.choices(vocabulary, weights, k=WORDS // 2)) for _ in range(PER_DOCUMENT - 1)),
        ]
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        yield Reading(
            Document(
                id, "Công văn", f"{number}/UBND-NLN", f"UBND tỉnh {number % 63}", None, None, None,
                date(2016 + number % 8, 1, 2), None, "Về việc nông thôn mới", None, (), (), DocumentState.ISSUED,
                "0" * 64, "\n".join(lines),
            ),
            tuple(
                Provision(f"{id}/{n}", str(n), "clause", None, starts[n], starts[n] + len(line))
                for n, line in enumerate(lines)
            ),
            agencies=(
                Agency(f"t.stc@{number % 63}", "Sở Tài chính", "province", "department", str(number % 63),
                       tuple(Mention("x", start, start + 1) for start in starts[1:-1:2])),
            ),
        )  # fmt: skip


def main() -> None:
    made = list(readings(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
    passages = sum(len(reading.provisions) for reading in made)
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(Path(folder))
        began = time.perf_counter()
        for reading in made:
            index.replace(reading)
        index.commit()
        seconds = time.perf_counter() - began
        print(
            f"{passages:,} passages of {len(made):,} documents in {seconds:.1f} s: {passages / seconds:,.0f} a second"
        )
        began = time.perf_counter()
        index.replace(made[-1])
        index.commit()
        print(f"one document replaced and found again: {(time.perf_counter() - began) * 1000:.0f} ms")
        for query in QUERIES:
            answers = [index.search(SearchQuestion(query)) for _ in range(20)]
            times = [answer.ms for answer in answers]
            print(
                f"{statistics.median(times):7.2f} ms, slowest {max(times):6.2f}: {answers[0].total:7,} hits of {query}"
            )
        index.close()


if __name__ == "__main__":
    main()
