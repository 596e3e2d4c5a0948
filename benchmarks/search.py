"""How fast the full-text index answers, on made-up directives, and how long its hits take to come.

    python benchmarks/search.py [--engine embedded] [--directives 1000] [--keep FOLDER]

The commonest words of the genre stand in most passages, names of communes in few.
"""

from __future__ import annotations

from functools import partial

from engines import Engine
from measuring import SLOW_SEARCH, Report, again, times

from ntmgraph.queries import SearchQuestion

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
NARROWED = {
    "nông thôn mới, of a province": SearchQuestion("nông thôn mới", province="Lào Cai"),
    "nông thôn mới, of a year and type": SearchQuestion("nông thôn mới", year=2019, type="Kế hoạch"),
    "no words, of an agency": SearchQuestion("", agency="Sở Tài chính"),
    "nông thôn mới, page 20": SearchQuestion("nông thôn mới", offset=950),
}


def search(engine: Engine, report: Report) -> None:
    report.section("search")
    for name, question in ({each: SearchQuestion(each) for each in QUERIES} | NARROWED).items():
        ask = partial(engine.index.search, question)
        report.times(name, times(again(ask), engine.cpu), slow=SLOW_SEARCH, hits=ask().total)


if __name__ == "__main__":
    from graph import main

    main(("search",))
