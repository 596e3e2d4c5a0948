"""How quick the pages are in a browser: the real program over a made-up workspace, every page, and what is done there.

    python benchmarks/pages.py FOLDER [--directives 10000] [--only WORD] [--rounds 3] [--json FILE]

FOLDER holds graph/ and index/ of as many directives, as whole.py makes them. Times are from the click (or the letter
typed) until what it asked for is in the document and has stood for two frames. Beside them: the longest request that
it took, and the CPU of the server and of the page's own thread, which say more where others load the machine. First is
the first time since the program started, warm the median of the rounds after it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from asked import Subjects, subjects
from engines import opened
from measuring import Report, used
from selenium.common.exceptions import JavascriptException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from served import Program, served, workspace_around

from ntmgraph.store import GraphStore

USABLE, REACTS = 1000, 200  # ms: what a page and what an interaction may take
PROVINCE, DAY, HELD = "Lào Cai", "2020-01-01", "2023-01-01"  # on which assignments of criteria hold

# Counts what is asked for and when the document last changed; frames are those after that change.
_WATCH = """
(() => {
  let pending = 0, answered = 0, changed = 0, painted = 0;
  const fetch = window.fetch;
  const ended = () => { pending--; answered = performance.now(); };
  window.fetch = (...asked) => { pending++; return fetch(...asked).finally(ended); };
  new MutationObserver(() => {
    const now = changed = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => { if (now === changed) painted = performance.now(); }));
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const settled = (began, ready, done) => {
    const quiet = performance.now() - Math.max(changed, answered);
    const under = pending || changed < began || painted < changed || quiet < 200 || !ready();
    if (under) return setTimeout(settled, 10, began, ready, done);
    const asked = performance.getEntriesByType("resource").filter((each) => each.startTime >= began);
    done([painted - began, Math.max(0, ...asked.map((each) => each.responseEnd - each.requestStart)),
          asked.reduce((sum, each) => sum + each.encodedBodySize, 0)]);
  };
  window.bench = (act, ready, done) => {
    performance.clearResourceTimings();
    performance.setResourceTimingBufferSize(1000);
    const began = act ? performance.now() : 0;
    if (act) act();
    settled(began, ready, done);
  };
})();
"""
_READY = "document.querySelector('#page > .page') && document.querySelector('#menu a')"
_ROW = "[...document.querySelectorAll('tr.leads:not(.selected) a.row-link')].at({at}).click()"
_TYPE = """
const field = document.getElementById({id!r}); field.focus(); field.value = {text!r};
field.dispatchEvent(new Event('input', {{ bubbles: true }}));
"""
_SUGGESTED = "document.querySelector('#{id}').closest('.combobox').querySelector('.choice')"
_LINK = "document.querySelector({css!r}).click()"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done on a page: a script, and an expression that is true when what it asked for is there."""

    what: str
    act: str
    ready: str = _READY
    page: bool = False  # what comes is a page of its own


Visit = tuple[str, str, tuple[Deed, ...]]  # a page, its address, what is done there


def link(what: str, css: str) -> Deed:
    return Deed(what, _LINK.format(css=css), page=True)


def typed(what: str, id: str, text: str) -> Deed:
    return Deed(what, _TYPE.format(id=id, text=text), _SUGGESTED.format(id=id))


def choose(what: str, at: int = 2) -> Deed:
    return Deed(what, _ROW.format(at=at))


NEXT = link("next page", ".pager a:last-child")
FIND = typed("Ctrl+K: letters to suggestions", "find-text", "tài ch")
INFERRED = link("without what is inferred", "a[role=switch]")


def pages(found: Subjects, graph: GraphStore) -> Iterator[Visit]:
    """Yield each page with the largest things to ask about: what it is, its address, what is done there."""
    most = {name: quote(id, safe="") for name, id in found.largest.items()}
    province, row, fold = f"province={quote(PROVINCE)}", choose("a row"), link("a rank folded", "a[href*='fold=']")
    yield "overview", "/", (FIND,)
    yield "overview of a province", f"/?{province}&on={DAY}", ()
    yield "trace: start", "/truy-vet", (typed("letters to suggestions", "trace-add-text", "tài ch"),)
    yield "trace: criterion of a province", f"/truy-vet?criterion=17&{province}", (row, fold, INFERRED)
    yield "trace: largest criterion", f"/truy-vet?criterion={most['criterion']}", (row, fold, NEXT)
    yield "trace: department of a province", f"/truy-vet?agency=Sở Tài chính&{province}", (row, fold, NEXT, INFERRED)
    yield "trace: department of all provinces", "/truy-vet?agency=Sở Tài chính", (row, NEXT)
    yield "trace: largest agency", f"/truy-vet?agency={most['agency']}", (row, fold, NEXT)
    yield "trace: largest place", f"/truy-vet?place={most['place']}", (row, fold)
    yield "trace: largest document", f"/truy-vet?document={most['document']}", (row, fold)
    cell = Deed("a cell", "[...document.querySelectorAll('a[href*=\"cell=\"]')].at(3).click()")
    matrix = f"/phan-cong?{province}&on={HELD}"
    yield "matrix of a province", matrix, (cell, link("a state", "a[href*='state=']"))
    facet = link("a facet", ".facet a")
    yield "search: rare words", "/tim-kiem?q=giải ngân vốn", (facet,)
    yield "search: words of a third of all passages", "/tim-kiem?q=nông thôn mới", (facet, NEXT)
    yield "documents", "/van-ban", (NEXT,)
    yield "documents of a province", f"/van-ban?{province}", (NEXT,)
    tasks = link("tasks", "a[href*='tab=tasks']")
    yield "document: most tasks", f"/van-ban/{most['document']}", (tasks, link("relations", "a[href*='tab=relations']"))
    yield "document: most cited", f"/van-ban/{most['cited']}?tab=relations", ()
    state = link("a state", "nav.tabs a[href*='state=open_late']")
    yield "tasks", "/nhiem-vu", (row, NEXT, state)
    yield "tasks of a province on a day", f"/nhiem-vu?{province}&on={DAY}", (row, NEXT, state)
    yield "tasks of a department", f"/nhiem-vu?agency=Sở Tài chính&{province}", (row, state)
    yield "tasks of the largest criterion", f"/nhiem-vu?criterion={most['criterion']}", (row, NEXT)
    month = Deed("next month", "[...document.querySelectorAll('a[href*=\"month=\"]')].at(-1).click()", page=True)
    yield "calendar of a month", f"/nhiem-vu?view=calendar&on={DAY}", (month,)
    yield "calendar of a province", f"/nhiem-vu?view=calendar&{province}&on={DAY}", (month,)
    commune = link("a cell", "table a[href*='row=']")
    reported = graph.ask("places", ids=[found.largest["reached"]])[0]["province"] or PROVINCE
    progress = f"/tien-do?province={quote(reported)}"
    yield "progress: heat map", progress, (commune, NEXT)
    for view in ("targets", "trend", "compare"):
        yield f"progress: {view}", f"{progress}&view={view}", ()
    yield "review", "/ra-soat", (row, NEXT, link("a kind", "a[href*='code=']"))
    yield "review of a province", f"/ra-soat?{province}", (row,)
    yield "take in", "/nap", ()
    yield "settings", "/cai-dat", ()
    yield "settings: workspace", "/cai-dat?tab=store", ()
    yield "settings: catalogue", "/cai-dat?tab=catalogue", ()


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one deed; kilobytes that came."""

    wall: float
    server: float  # the longest request
    server_cpu: float
    page_cpu: float
    kilobytes: float


class Window:
    """A browser on the running program."""

    def __init__(self, driver: Chrome, program: Program) -> None:
        self._driver, self._program, self._gone = driver, program, 0
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        driver.set_script_timeout(60)
        driver.get(program.address)
        self._took(None, _READY)

    def load(self, path: str) -> Took:
        """Open an address as a pasted one is: everything is loaded."""
        began = self._cpu()
        self._driver.get(self._program.origin + path)
        return self._took(None, _READY, began)

    def go(self, path: str) -> Took:
        """Follow a link within the program, to an address that differs from the last one by what no page reads."""
        self._gone += 1
        return self._took(f"deskAddress.go('{path}{'&' if '?' in path else '?'}again={self._gone}')", _READY)

    def do(self, deed: Deed) -> Took:
        return self._took(deed.act, deed.ready)

    def _took(self, act: str | None, ready: str, began: tuple[float, float] | None = None) -> Took:
        server, page = began or self._cpu()
        # The program forbids scripts made of strings, so what is done is written into the one that the driver runs.
        script = f"bench({f'() => {{ {act} }}' if act else 'null'}, () => {ready}, arguments[0])"
        wall, request, size = self._driver.execute_async_script(script)
        server_now, page_now = self._cpu()
        return Took(wall, request, server_now - server, max(0.0, page_now - page), size / 1024)

    def _cpu(self) -> tuple[float, float]:
        metrics = self._driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        page = next(each["value"] for each in metrics if each["name"] == "TaskDuration")
        return used(self._program.pid) * 1000, page * 1000


def _say(report: Report, what: str, took: Sequence[Took], most: float) -> None:
    first, *others = took

    def median(name: str) -> float:
        return statistics.median(getattr(each, name) for each in others)

    figures = {name: median(name) for name in ("wall", "server", "server_cpu", "page_cpu", "kilobytes")}
    beginning = {"first": first.wall, "first_server": first.server, "first_cpu": first.server_cpu}
    report.note(f"{'SLOW ' if figures['wall'] > most else ''}{what}", **figures, **beginning)


def walk(window: Window, listed: Sequence[Visit], report: Report, *, only: str, rounds: int) -> None:
    for what, path, deeds in listed:
        if only not in what:
            continue
        report.section(f"{what}: {path}")
        opened, took = [], {deed.what: list[Took]() for deed in deeds}
        for deed in deeds or (None,):
            for _ in range(rounds + 1):
                opened.append(window.go(path))
                if deed is not None:
                    with suppress(JavascriptException):  # the page has nothing of the kind
                        took[deed.what].append(window.do(deed))
        _say(report, "page", opened, USABLE)
        for each in deeds:
            if took[each.what]:
                _say(report, each.what, took[each.what], USABLE if each.page else REACTS)
            else:
                report.note(f"{each.what}: nothing to click")
    report.section("an address opened anew (all scripts loaded)")
    took = [window.load("/nap") for _ in range(rounds + 1)]
    _say(report, "take in", took, USABLE)


def browser(*more: str) -> Chrome:
    """Return a headless Chromium; quit it."""
    options = ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for argument in ("--headless=new", "--window-size=1366,768", "--disable-dev-shm-usage", "--lang=vi", *more):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium refuses to run as root with it
    return Chrome(options=options, service=Service(shutil.which("chromedriver")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--directives", type=int, default=10_000)
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    report = Report()
    workspace = workspace_around(arguments.folder, arguments.directives)
    with opened("embedded", arguments.folder) as engine:
        found = subjects(engine)
        listed = list(pages(found, engine.graph))
    began = time.perf_counter()
    with served(workspace) as program:
        report.section("start")
        report.note("until it answers", seconds=time.perf_counter() - began)
        chrome = browser()
        try:
            window = Window(chrome, program)
            began = time.perf_counter()
            program.rest()
            report.note("then at work by itself", seconds=time.perf_counter() - began)
            walk(window, listed, report, only=arguments.only, rounds=arguments.rounds)
        finally:
            chrome.quit()
    if arguments.json:
        report.save(arguments.json, directives=arguments.directives)


if __name__ == "__main__":
    main()
