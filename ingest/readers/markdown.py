"""Markdown: paragraphs without marks, list labels kept, tables as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.readers import text
from ingest.readers.source import Content, Limits
from ingest.readers.tables import table_text

# Strikethrough stays off: "~~26~~20" in a number is a doubt that the reader of the document must see.
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of a Markdown file; a paragraph keeps its line ends, which may be those of a header."""
    decoded, repairs = text.decode(data)
    tokens = _PARSER.parse(decoded.removeprefix("\ufeff"))
    title = next((_inline(tokens[at + 1]) for at, token in enumerate(tokens) if token.type == "heading_open"), None)
    images = sum(child.type == "image" for token in tokens for child in token.children or ())
    left_out = (f"{images} hình ảnh",) if images else ()
    return Content("".join(_blocks(tokens)), left_out, repairs, title)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    labels: list[str] = []  # of the list items that have not yet printed their first paragraph
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "list_item_open":
            labels.append(f"{token.info}{token.markup} ")
        elif token.type == "list_item_close" and labels:
            labels.clear()
        elif token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            yield f"{table_text(rows)}\n\n"
            rows = []
        elif token.type == "inline" and rows:
            rows[-1].append(_inline(token))
        elif token.type == "inline":
            yield f"{''.join(labels)}{_inline(token)}\n\n"
            labels.clear()
        elif token.type in ("fence", "code_block", "html_block"):
            yield f"{''.join(labels)}{token.content.strip()}\n\n"
            labels.clear()


def _inline(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "html_inline", "text_special"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
    return "".join(parts)
