"""How well are scans read? Samples are printed, damaged as offices damage pages, read, and held against their own text.

    python benchmarks/scans.py [--documents 8] [--dpi 200] [--only clean "red stamp"]

For each kind of damage: words that are the same, facts that are the same (header, deadlines, doers; 1.00 is the
reading of the text layer), words called doubtful that are wrong and wrong words that are called doubtful, seconds a
page. The samples are those of build/samples; they need a font with Vietnamese letters (build/make_examples.py).
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter

from ingest.language import make_language
from ingest.pipeline import read_file
from ntmgraph.authority import Authority
from ntmgraph.model import Reading

sys.path.append(str(Path(__file__).resolve().parents[1] / "build"))
import make_examples

Page = Image.Image


def turn(degrees: float) -> Callable[[Page], Page]:
    return lambda page: page.rotate(degrees, Image.Resampling.BICUBIC, expand=degrees % 90 == 0, fillcolor="white")


def blur(page: Page) -> Page:
    return page.filter(ImageFilter.GaussianBlur(1.3))


def salt_and_pepper(page: Page) -> Page:
    pixels = np.asarray(page).copy()
    chance = np.random.default_rng(1).random(pixels.shape[:2])
    pixels[chance < 0.015] = 0
    pixels[chance > 0.985] = 255
    return Image.fromarray(pixels)


def jpeg(page: Page) -> Page:
    packed = io.BytesIO()
    page.save(packed, "JPEG", quality=30)
    return Image.open(packed).convert("RGB")


def coarse(page: Page) -> Page:
    return page.resize((page.width * 3 // 4, page.height * 3 // 4), Image.Resampling.BOX)


def red_stamp(page: Page) -> Page:
    """A round seal over text and a signature in blue through it."""
    layer = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(layer)
    x, y, r = page.width * 0.6, page.height * 0.45, page.width * 0.11
    for ring, width in ((1.0, 9), (0.88, 4)):
        draw.ellipse((x - r * ring, y - r * ring, x + r * ring, y + r * ring), outline=(214, 40, 48), width=width)
    draw.regular_polygon((x, y, r * 0.4), 5, fill=(214, 40, 48))
    points = [(x - r + 2 * r * step / 12, y + r * 0.5 * (-1) ** step) for step in range(13)]
    draw.line(points, fill=(40, 60, 190), width=6, joint="curve")
    return Image.fromarray(np.minimum(np.asarray(page.convert("RGB")), np.asarray(layer)))


def copy_of_copy(page: Page) -> Page:
    for _ in range(2):
        grey = page.convert("L").filter(ImageFilter.GaussianBlur(0.8))
        page = grey.point(lambda value: 255 if value > 165 else 0)
    return page.convert("RGB")


def shadow(page: Page) -> Page:
    """Light falls from one side, and the fold of a book is dark."""
    across = np.linspace(0, 1, page.width)
    light = np.clip(0.45 + 0.6 * across, 0, 1) * np.linspace(1.0, 0.8, page.height)[:, None]
    return Image.fromarray((np.asarray(page.convert("RGB")) * light[..., None]).astype(np.uint8))


def black_edges(page: Page) -> Page:
    """The lid of the scanner left open, and two punch holes."""
    dark = page.copy()
    draw = ImageDraw.Draw(dark)
    draw.rectangle((0, 0, page.width, page.height * 0.02), fill=20)
    draw.rectangle((page.width * 0.97, 0, page.width, page.height), fill=20)
    for y in (0.35, 0.62):
        draw.ellipse((30, page.height * y, 80, page.height * y + 50), fill=10)
    return dark


def all_at_once(page: Page) -> Page:
    return jpeg(shadow(red_stamp(turn(1.4)(salt_and_pepper(page)))))


DAMAGES: dict[str, Callable[[Page], Page]] = {
    "clean": lambda page: page,
    "turned 1°": turn(1),
    "turned 2°": turn(-2),
    "turned 3°": turn(3),
    "on its side": turn(90),
    "upside down": turn(180),
    "blurred": blur,
    "salt and pepper": salt_and_pepper,
    "JPEG quality 30": jpeg,
    "150 dpi": coarse,
    "red stamp, blue hand": red_stamp,
    "copy of a copy": copy_of_copy,
    "shadow": shadow,
    "black edges, holes": black_edges,
    "all at once": all_at_once,
}


def printed(pdf: bytes, dpi: float) -> list[Page]:
    """Return the pages of a PDF as a scanner sees them before anything is wrong."""
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pdfium.PdfDocument(pdf)]


def scanned(pages: list[Page], dpi: float) -> bytes:
    """Return pages as a PDF of pictures."""
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=92)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of a reading of the text layer the reading of a scan has; each from 0 to 1."""

    words: float
    header: float
    deadlines: float
    doers: float
    doubted_wrong: float  # of the words called doubtful, those that are wrong
    wrong_doubted: float  # of the wrong words, those that are called doubtful


def likeness(true: Reading, read: Reading) -> Likeness:
    ours, theirs = true.document.text.split(), read.document.text.split()
    same = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    right = {block.b + step for block in same for step in range(block.size)}
    starts = {word.start for word in read.doubtful_words}
    offset, doubted = 0, set()
    for number, word in enumerate(theirs):
        offset = read.document.text.index(word, offset)
        if any(start in starts for start in range(offset, offset + len(word))):
            doubted.add(number)
        offset += len(word)
    wrong = set(range(len(theirs))) - right
    return Likeness(
        words=2 * len(right) / (len(ours) + len(theirs)),
        header=_share(_header(true), _header(read)),
        deadlines=_share(_deadlines(true), _deadlines(read)),
        doers=_share(_doers(true), _doers(read)),
        doubted_wrong=len(doubted & wrong) / len(doubted) if doubted else 1.0,
        wrong_doubted=len(doubted & wrong) / len(wrong) if wrong else 1.0,
    )


def _share(true: Iterable[object], read: Iterable[object]) -> float:
    """Return the F1 of two lists of facts."""
    ours, theirs = Counter(true), Counter(read)
    count = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / count if count else 1.0


def _header(reading: Reading) -> list[object]:
    document = reading.document
    signer = (document.signer.name, document.signer.title) if document.signer else None
    return [document.number, document.date, document.type, document.issuer, document.place, signer]


def _deadlines(reading: Reading) -> list[object]:
    return [(due.kind, due.date, due.recurrence, due.scope) for due in reading.deadlines]


def _doers(reading: Reading) -> list[object]:
    return [(actor.name, task.role) for task in reading.tasks for actor in (*task.who, *task.with_)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=len(make_examples.FORMATS))
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--only", nargs="*", choices=list(DAMAGES), default=list(DAMAGES))
    arguments = parser.parse_args()
    authority = Authority()
    nlp = make_language(authority)
    samples = [
        make_examples.to_pdf(make_examples.load(name)) for name in list(make_examples.FORMATS)[: arguments.documents]
    ]
    print(f"{'damage':22}{'words':>8}{'header':>8}{'deadl.':>8}{'doers':>8}{'d.wrong':>9}{'w.doubt':>9}{'s/page':>8}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"

        def reading(data: bytes) -> Reading:
            path.write_bytes(data)
            return read_file(path, nlp=nlp, authority=authority)

        truth = [(reading(data), printed(data, arguments.dpi)) for data in samples]
        for name in arguments.only:
            found, seconds = [], 0.0
            for true, pages in truth:
                data = scanned(
                    [DAMAGES[name](page) for page in pages], arguments.dpi * (0.75 if name == "150 dpi" else 1)
                )
                start = time.perf_counter()
                found.append(likeness(true, reading(data)))
                seconds += time.perf_counter() - start
            count = sum(len(pages) for _, pages in truth)
            means = [
                sum(getattr(each, field) for each in found) / len(found)
                for field in ("words", "header", "deadlines", "doers", "doubted_wrong", "wrong_doubted")
            ]
            figures = "".join(f"{mean:{9 if at > 3 else 8}.3f}" for at, mean in enumerate(means))
            print(f"{name:22}{figures}{seconds / count:8.2f}", flush=True)


if __name__ == "__main__":
    main()
