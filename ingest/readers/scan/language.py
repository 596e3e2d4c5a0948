"""Where Tesseract's file of the Vietnamese language is: Debian's package tesseract-ocr-vie (Apache-2.0) brings it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ntmgraph.model import ReadError, Refusal

FILE = "vie.traineddata"
OWN_FOLDER = Path(__file__).parents[2] / "data" / "tessdata"  # `build/dev.py` puts the file there; never committed
_OF_THE_SYSTEM = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "C:/Program Files/Tesseract-OCR/tessdata",
)


class LanguageMissingError(ReadError):
    """The language file is nowhere; scans cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            Refusal.NO_TEXT,
            f"bản quét, cần nhận dạng chữ, nhưng chương trình thiếu tệp ngôn ngữ {FILE}; hãy chép tệp này (gói"
            f" tesseract-ocr-vie của Debian) vào thư mục {OWN_FOLDER} hoặc thư mục ghi ở biến NTMGRAPH_TESSDATA,"
            " hoặc nạp bản có lớp chữ.",
        )


def language_folder() -> Path:
    """Return the folder with the language file; raises LanguageMissingError."""
    for folder in _folders():
        if (folder / FILE).is_file():
            return folder
    raise LanguageMissingError


def _folders() -> Iterator[Path]:
    if asked := os.environ.get("NTMGRAPH_TESSDATA"):
        yield Path(asked)
    yield OWN_FOLDER
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        yield Path(prefix)
    yield from map(Path, _OF_THE_SYSTEM)
