"""Did the reading of a sample change? Each sample's facts stand beside this file as plain lines.

`pytest tests/golden --accept` rewrites them; the diff is then judged by eye. Whether a fact is right is the
question of `tests/gold`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import read_file
from ntmgraph.model import Actor, Reading

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"
SAMPLES = sorted(path for path in EXAMPLES.iterdir() if path.suffix != ".md")


def names(actors: tuple[Actor, ...]) -> str:
    return "; ".join(f"{actor.name} <{actor.id}>" for actor in actors) or "-"


def short(text: str | None, length: int = 100) -> str:
    flat = " ".join((text or "-").split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def header_lines(reading: Reading) -> Iterator[str]:
    document = reading.document
    signer = f"{document.signer.name} ({document.signer.title})" if document.signer else "-"
    yield f"document {document.id} [{document.state}]"
    for name, value in (
        ("type", document.type),
        ("number", document.number),
        ("issuer", f"{document.issuer} <{document.issuer_id}>"),
        ("place, date", f"{document.place}, {document.date} ({document.date_text})"),
        ("subject", document.subject),
        ("signer", signer),
    ):
        yield f"  {name}: {value}"
    yield from (f"  to: {name}" for name in document.addressees)
    yield from (f"  copy: {name}" for name in document.recipients)


def fact_lines(reading: Reading) -> Iterator[str]:
    path = {provision.id: provision.path for provision in reading.provisions}
    for each in reading.references:
        yield f"cites [{each.relation}] {each.type} {each.number} {each.date} of {each.issuer} <{each.document}> {each.title or ''}".rstrip()
    for agency in reading.agencies:
        yield f"agency {agency.id} [{agency.level} {agency.kind}] {agency.name} x{len(agency.mentions)}"
    for place in reading.places:
        yield f"place {place.id} [{place.level}] {place.name} x{len(place.mentions)}"
    for criterion in reading.criteria:
        yield f"criterion {criterion.id} {criterion.name} x{len(criterion.mentions)}"
    for number, deadline in enumerate(reading.deadlines):
        when = deadline.date or deadline.recurrence
        yield f"deadline {number} [{deadline.scope} {deadline.kind}] {when} <- {short(deadline.text)}"
    for task in reading.tasks:
        yield f"task {path.get(task.provision)} [{task.role}{', doer inferred' if task.who_inferred else ''}] {short(task.what)}"
        yield f"  who: {names(task.who)}"
        for label, actors in (
            ("with", task.with_), ("advise", task.advise), ("supervise", task.supervise),
            ("reports to", task.reports_to), ("via", task.via),
        ):  # fmt: skip
            if actors:
                yield f"  {label}: {names(actors)}"
        if task.deadline is not None:
            yield f"  deadline: {task.deadline}"
        if task.criteria or task.places:
            yield f"  concerns: {', '.join((*task.criteria, *task.places))}"
    for given in reading.assignments:
        yield (
            f"assignment {given.criterion.set}:{given.criterion.number} lead {names(given.lead)}"
            f" with {names(given.coordinate)} {given.from_}..{given.to}"
        )
    for one in reading.helps:
        yield f"helps {names((one.agency,))} ({one.person}) -> {one.place.name} <{one.place.id}>"
    for target in reading.targets:
        key = target.criterion and f"{target.criterion.set}:{target.criterion.number}"
        yield f"target {target.measure}: {target.value} of {target.of} {target.unit} share {target.share} by {target.by} criterion {key}"
    for result in reading.results:
        key = result.criterion and f"{result.criterion.set}:{result.criterion.number}"
        place = result.place and f"{result.place.name} <{result.place.id}>"
        yield f"result {place} {key} {result.measure}: {result.value} of {result.of} {result.unit} met {result.met} as of {result.as_of}"
    for check in reading.checks:
        yield f"check {check.kind} {'ok' if check.ok else 'MISFIT'}: {check.message}"
    for issue in reading.issues:
        yield f"issue {issue.code}: {issue.message}"


def lines(reading: Reading) -> str:
    provisions = [
        f"provision {each.path} [{each.kind}] {short(reading.document.text[each.start : each.end], 80)}"
        for each in reading.provisions
    ]
    return "\n".join([*header_lines(reading), "", *provisions, "", *fact_lines(reading)]) + "\n"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_sample_reads_as_accepted(sample: Path, nlp, authority, request: pytest.FixtureRequest) -> None:
    golden = HERE / f"{sample.name}.txt"
    now = lines(read_file(sample, nlp=nlp, authority=authority))
    if request.config.getoption("--accept"):
        golden.write_text(now, encoding="utf-8")
    assert golden.exists(), f"no golden file for {sample.name}: run pytest tests/golden --accept and judge the diff"
    assert now == golden.read_text(encoding="utf-8")
