"""The type of a document and what it is about."""

from __future__ import annotations

import re

from ingest.document_types import document_types
from ingest.header_forms import ADDRESSED, ANNEXED, BODY_START, COPIES, DATE, ISSUER_HEAD, NATION, NUMBER, SUBJECT
from ingest.lines import Line, lines_of, upper
from ntmgraph.text import CAPITAL, key

_AFTER_NUMBER = re.compile(r"\s*(?:[Vv]/[Vv][:\s]*(?=\S)|(?=Về (?:việc )?[^\W\d]))")
# Words in capitals beside or below the type that do not say what the paper is about: a finer type, who speaks.
_NO_TITLE = re.compile(
    rf"HÀNH ĐỘNG|LIÊN NGÀNH|LIÊN TỊCH|CHUYÊN ĐỀ|(?:CỦA|HỘI NGHỊ(?: LẦN THỨ)?) [{CAPITAL}\d][{CAPITAL}\d ,()\-]*"
)
_SPEAKER = re.compile(
    r"của (?:Ban (?:Chấp hành|Thường vụ)|Tỉnh ủy|Thành ủy|Huyện ủy|Hội đồng|HĐND|Ủy ban|Uỷ ban|UBND|Chủ tịch|Thủ tướng)"
    r"(?: (?!về\b)[^\s,;.:]+){0,12}"
)


def regarding(zone: str, number: re.Match[str] | None, signed: int | None) -> tuple[str, int] | None:
    """Return the subject of a Công văn ("V/v ...", in Party form "Về việc ...") and where it ends."""
    match = SUBJECT.pattern.search(zone)
    if match is None and number is not None:
        match = _AFTER_NUMBER.match(zone, number.end())
    if match is None:
        return None
    words: list[str] = []
    end = match.end()
    lines = lines_of(zone, match.end())
    # Some PDF texts have an empty line after each line, so that it ends nothing.
    spread = sum(line.empty for line in lines[:30]) >= 0.4 * len(lines[:30])
    for line in lines:
        if line.empty and spread and words:
            continue
        if line.empty or line.separator or ADDRESSED.pattern.match(line.text) or NATION.pattern.match(line.text):
            break
        if words and (
            DATE.pattern.match(line.text)
            or NUMBER.pattern.match(line.text)
            or (upper(line.text) and not upper(words[0]))
            or (spread and (BODY_START.match(line.text) or len(line.text) > 80))
        ):
            break
        if signed is not None and line.start < signed < line.end:  # the place and date run in on the same line
            words.append(zone[line.start : signed])
            end = signed
            break
        words.append(line.text)
        end = line.end
        if line.text.endswith((".", ";")) or len(words) >= 8:
            break
    return " ".join(words).strip(" .;|"), end


def type_and_title(zone: str, number: re.Match[str] | None) -> tuple[str | None, int, str | None]:
    """Return the named type, where its title ends, and the title.

    The type stands in capitals on a line of its own or before the title; the title runs to the first line
    that opens the body.
    """
    lines = lines_of(zone)
    after = number.start() if number else 0
    for place, line in enumerate(lines[:60]):
        if COPIES.pattern.match(line.text) or ANNEXED.match(line.text):
            break  # what follows is an annex with a title of its own
        words = NATION.pattern.sub("", line.text).strip(" |*")
        if not words[:1].isupper():
            continue
        lowered = key(words)
        named = next((each for each in document_types() if lowered.startswith(each.key)), None)
        if named is None:
            continue
        head, rest = words[: len(named.name)], words[len(named.name) :]
        if (
            not upper(head)
            or rest[:1].isalpha()
            or (number and line.start < after and named.name in ("Quy hoạch", "Hội đồng"))
        ):
            continue
        if (rest and not (rest[:1] == " " or rest[:1] in ":.")) or line.text.startswith(("- ", "+ ")):
            continue
        if ADDRESSED.pattern.search(zone[: line.start]) and named.name != "Tờ trình":
            continue
        name = "Công văn" if named.name == "Công văn" else named.name
        return name, *_title(lines, place, line.end, rest)
    return None, 0, None


def title_without_type(zone: str, at: int) -> tuple[str | None, int]:
    """Return the title in capitals right under a header whose line with the type is lost, and where it ends."""
    words: list[str] = []
    end = at
    for line in lines_of(zone, at):
        if line.separator or (line.empty and not words):
            continue
        if not upper(line.text) or len(line.text) < 15 or "|" in line.text or ISSUER_HEAD.match(key(line.text)):
            break
        if BODY_START.match(line.text) or COPIES.pattern.match(line.text):
            break
        words.append(line.text)
        end = line.end
    return " ".join(words).strip(" .:") or None, end


def _title(lines: tuple[Line, ...], place: int, end: int, rest: str) -> tuple[int, str | None]:
    rest = "" if _NO_TITLE.fullmatch(rest.strip(" :.")) else rest
    words = [rest.strip(" :.")] if rest.strip(" :.") else []
    capitals = upper(rest) if words else None
    for line in lines[place + 1 : place + 16]:
        if line.empty:
            if words and capitals is not True:
                break
            continue
        if line.separator:
            if words:
                break
            continue
        if (
            (BODY_START.match(line.text) and words)
            or ADDRESSED.pattern.match(line.text)
            or DATE.pattern.match(line.text)
        ):
            break
        if NATION.pattern.match(line.text) or NUMBER.pattern.match(line.text) or line.text.startswith("("):
            break
        if not words and (_NO_TITLE.fullmatch(line.text) or _SPEAKER.fullmatch(line.text)):
            end = line.end  # Party form: who speaks stands under the type, the subject below
            continue
        if capitals is None:
            capitals = upper(line.text)
            if not capitals and (
                len(line.text) > 400 or (line.text.endswith((".", ":")) and BODY_START.match(line.text))
            ):
                break
        elif capitals and not upper(line.text):
            break
        elif not capitals and upper(line.text):
            break  # the issuer in capitals opens the body of a decision
        elif line.text[:1].isupper() and (len(line.text) > 120 or line.text.endswith((".", ":"))):
            break  # a sentence of the body
        if capitals and words and ISSUER_HEAD.match(key(line.text)) and _unbroken(words[-1]):
            break
        words.append(line.text)
        end = line.end
        if not capitals and line.text.endswith((".", ":", ";")):
            break
    return end, " ".join(" ".join(words).split()).strip(" .:") or None


def _unbroken(words: str) -> bool:
    """Return whether a title line is complete, so that an issuer's name below it is not its end."""
    return not re.search(r"\b(?:CỦA|VÀ|CÁC|DO|CHO|TẠI|THEO)$", words)
