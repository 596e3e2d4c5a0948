"""Is what is read right? Reads every annotated document and says what is right, missed and extra, kind by kind.

    make evaluate
    python build/dev.py evaluate [--kind task] [--document 2017-thaibinh] [--accept] [--open-blind]

Prints figures per group of documents and kind of fact, then gains and losses against the last accepted run
(tests/gold/evaluation.txt), fact by fact, each with its sentence. Groups: seeds (real directives, where ../shared
is present), examples, dev (rules may be improved on them), heldout and blind (measure only: their sums are shown,
never their words).
"""

from __future__ import annotations

import argparse
import time

from evaluation.gold import CLOSED, GROUPS
from evaluation.runs import (
    COMMITTED,
    ORDER,
    Committed,
    Scored,
    figure_line,
    order,
    read_committed,
    run,
    sums,
    write_committed,
)
from evaluation.scoring import Count, Fault


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="make evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--group", choices=GROUPS, help="only this group of documents")
    parser.add_argument("--kind", help="list every fault of this kind: task, task_who, deadline, header ...")
    parser.add_argument("--document", help="list every fault of the documents whose name holds this")
    parser.add_argument(
        "--accept", action="store_true", help="write this run as the one that later runs are held against"
    )
    parser.add_argument(
        "--open-blind",
        action="store_true",
        help="show the words of heldout and blind documents too (not for rule authors)",
    )
    arguments = parser.parse_args(argv)
    if arguments.kind and not any(kind.startswith(arguments.kind) for kind in ORDER):
        parser.error(f"--kind {arguments.kind}: no such kind; one of {', '.join(ORDER)}")
    started = time.perf_counter()
    scored = run((arguments.group,) if arguments.group else GROUPS)
    committed = read_committed()
    closed = () if arguments.open_blind else CLOSED

    if arguments.group:
        print_group(arguments.group, scored, committed, kind=arguments.kind)
    else:
        print_groups(scored, committed, kind=arguments.kind)
    if arguments.kind or arguments.document:
        print_faults(scored, kind=arguments.kind, document=arguments.document, closed=closed)
    print_changes(scored, committed, closed=closed)
    if arguments.accept:
        write_committed(scored)
        print(f"accepted: {COMMITTED.name}; look at its diff before committing")
    print(f"\n{len(scored)} documents in {time.perf_counter() - started:.1f} s")


def print_groups(scored: list[Scored], committed: Committed, *, kind: str | None) -> None:
    """Print F1 of every kind in every group, and beside it what changed since the accepted run."""
    counts = {group: found for group in GROUPS if (found := sums(scored, group))}
    print("F1, right of annotated".ljust(24) + "".join(f"{group:>22}" for group in counts))
    for each in ORDER:
        if kind and not each.startswith(kind):
            continue
        cells = [_cell(counts[group].get(each), committed.figures.get((group, each))) for group in counts]
        print(f"{each:24}" + "".join(f"{cell:>22}" for cell in cells))


def _cell(count: Count | None, before: float | None) -> str:
    if count is None:
        return ""
    change = "" if before is None or abs(count.f1 - before) < 0.0005 else f" {count.f1 - before:+.3f}"
    return f"{count.f1:.3f} {count.right}/{count.gold}{change or '       '}"


def print_group(group: str, scored: list[Scored], committed: Committed, *, kind: str | None) -> None:
    """Print precision, recall and F1 of every kind in one group."""
    print(f"{group:20}right  read  gold       P       R      F1")
    for each, count in sums(scored, group).items():
        if not kind or each.startswith(kind):
            before = committed.figures.get((group, each), count.f1)
            change = f"  {count.f1 - before:+.3f}" if abs(count.f1 - before) >= 0.0005 else ""
            print(f"{figure_line(each, count)}{change}")


def print_faults(scored: list[Scored], *, kind: str | None, document: str | None, closed: tuple[str, ...]) -> None:
    """Print every fault of a kind or of some documents."""
    for each in scored:
        if document and document not in each.gold.name and document not in each.gold.path.stem:
            continue
        faults = [fault for fault in each.scores.faults if not kind or fault.kind.startswith(kind)]
        if not faults:
            continue
        print(f"\n{each.gold.name}: {len(faults)} faults" + (" (closed)" if each.gold.group in closed else ""))
        if each.gold.group not in closed:
            for fault in sorted(faults, key=order):
                print_fault(fault, mark=" ")


def print_changes(scored: list[Scored], committed: Committed, *, closed: tuple[str, ...]) -> None:
    """Print what became right and what became wrong since the accepted run."""
    gains, losses, new = 0, 0, list[str]()
    for each in scored:
        name = each.gold.name
        if name not in committed.faults:
            new.append(name)
            continue
        now = {fault.name: fault for fault in each.scores.faults}
        gained = sorted(committed.faults[name] - now.keys())
        lost = [now[key] for key in now.keys() - committed.faults[name]]
        gains, losses = gains + len(gained), losses + len(lost)
        if not gained and not lost:
            continue
        print(f"\n{name}: {len(gained)} gained, {len(lost)} lost")
        if each.gold.group in closed:
            continue
        for key in gained:
            said = "no longer read" if key[0] == "extra" else "now right"
            print(f"  + {key[1]} {key[2]} {said}: {committed.words.get((name, key), '')}")
        for fault in sorted(lost, key=order):
            print_fault(fault, mark="-")
    print(f"\nagainst the accepted run: {gains} gained, {losses} lost")
    if new:
        print(f"not in the accepted run: {', '.join(new)}")


def print_fault(fault: Fault, *, mark: str) -> None:
    if fault.extra:
        print(f"  {mark} {fault.kind}: extra {fault.got}")
    else:
        print(f"  {mark} {fault.kind} {fault.key}: wanted {fault.want}" + (f" | read {fault.got}" if fault.got else ""))
    if fault.sentence:
        print(f"      “{' '.join(fault.sentence.split())[:300]}”")


if __name__ == "__main__":
    main()
