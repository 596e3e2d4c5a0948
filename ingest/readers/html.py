"""Web pages: the text of the article, without navigation, scripts and related news."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.errors import MessageError

import lxml.html
from lxml import etree

from ingest.readers import text
from ingest.readers.source import Content, Limits
from ingest.readers.tables import places_only, table_text, whole
from ntmgraph.model import ReadError, Refusal

# fmt: off
_DROPPED = frozenset((
    "aside", "button", "del", "footer", "form", "head", "iframe", "input", "nav", "noscript", "object", "script",
    "select", "style", "svg", "template", "textarea",
))
_BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "ol", "p", "pre", "section", "table", "ul",
))
# fmt: on
_LINK_BLOCKS = frozenset(("ul", "ol", "div", "section", "td", "table", "p"))
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:related|lien-?quan|tin-?(?:khac|moi|lien-?quan|cung-?chuyen-?muc)|othernews|sidebar|menu|nav|navbar"
    r"|breadcrumbs?|comments?|binh-?luan|share|social|addthis|fb-\w+|zalo-\w+|banner|advert\w*|ads?|footer|toolbar"
    r"|pagination|tags?|cookies?|popup|modal|rating|danh-?gia|luot-?xem|hotline|login)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Where portals and law libraries keep the text itself, by words of class and id.
_CONTENT_NAMES = re.compile(
    r"(?:^|\s)(?:content-?detail|detail-?content|article-?(?:body|content|detail)|entry-content|news-?(?:detail|content|body)"
    r"|post-(?:content|body)|journal-content-article|asset-full-content|ArticleContent|content1|divContentDoc|toanvancontent"
    r"|fulltext|noi-?dung(?:-\w+)?|chi-?tiet(?:-\w+)?|bai-?viet|content-document|the-article-body|detail__content"
    r"|cms-body|body-?content)(?:\s|$)",
    re.IGNORECASE,
)
_CONTENT = ("//*[@itemprop='articleBody']", "//article", "//main", "//*[@role='main']")
# Parts of a directive; a content that lacks what the page has of them is not the whole text.
_PARTS = re.compile(
    r"CỘNG\s+H[ÒO][AÀ]\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|Nơi\s+nhận\s*:|Kính\s+gửi\s*:",
    re.IGNORECASE,
)
_WIDEST = 64  # columns of a table
# What follows such a line on a news page is other news.
_END = re.compile(
    r"(?:Các |Những )?(?:tin|bài|văn bản)(?: bài| tức| viết)?"
    r" (?:đã đưa|đã đăng|liên quan|khác|cùng (?:chuyên mục|chủ đề|loại|lĩnh vực)|mới (?:hơn|nhất)|cũ hơn|nổi bật"
    r"|(?:đọc|xem) nhiều)"
    r"\s*:?|(?:Ý kiến(?: của)? bạn(?: đọc)?|Bình luận|Gửi bình luận|Từ khóa|Thẻ)(?: \(\d+\))?\s*:?",
    re.IGNORECASE,
)
# Lines of the page's own tools.
_TOOLS = re.compile(
    r"(?:(?>chia sẻ|facebook|twitter|zalo|linkedin|pinterest|messenger|in trang|in bài viết|bản in|(?:gửi )?email"
    r"|lưu (?:trang|bài)|cỡ chữ|tăng|giảm|mặc định|đọc bài(?: viết)?|nghe bài viết|quay lại|(?:về )?đầu trang"
    r"|trang chủ|tải về|xem thêm|tweet|like|share|print|A|tương phản|theo dõi(?: trên)? google news)[\s|:•/,+-]*+)++"
    r"|(?:số )?lượt (?:xem|truy cập|đọc)\s*+:?\s*+[\d.,]*+|[\d.,]++ lượt xem"
    r"|đánh giá(?: bài viết)?\s*+:?[\s\d/.,()sao]*+",
    re.IGNORECASE,
)
_LONGEST_TOOLS = 150  # characters of such a line
_HEAD_AROUND = 1.4  # how much longer than its body a news item is with its title, date and lead
_LONG_CELL = 600  # characters: a cell of header or closing is shorter, that of a page's layout is longer
_TOO_DEEP = "trang web lồng quá sâu; hãy chép nội dung sang Word rồi nạp lại."
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
# An XML declaration, which lxml refuses in decoded text, and control characters, which no tree may hold.
_UNPARSABLE = re.compile(r"^\s*<\?xml[^>]*\?>|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read(data: bytes, limits: Limits) -> Content:
    """Return the text of a web page's article; rows of tables as lines, list items with their marks."""
    if data.count(b"<") > limits.tags:
        raise ReadError(Refusal.TOO_LARGE, "trang web có quá nhiều thẻ; hãy chép nội dung sang Word rồi nạp lại.")
    decoded, repairs = _decoded(data)
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(_UNPARSABLE.sub("", decoded), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(Refusal.DAMAGED, "trang web hỏng, không đọc được; hãy lưu lại trang rồi nạp lại.") from error
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise ReadError(Refusal.DAMAGED, _TOO_DEEP)  # what lies deeper was left out
    title = " ".join((root.findtext(".//title") or "").split()) or None
    _prune(root)
    body = _article(root)
    images = sum(1 for _ in body.iter("img"))
    try:
        lines = _cut(list(_lines(body)))
    except RecursionError as error:
        raise ReadError(Refusal.DAMAGED, _TOO_DEEP) from error
    left_out = (f"{images} hình ảnh",) if images else ()
    return Content("".join(f"{line}\n\n" for line in lines), left_out, repairs, title)


def read_archive(data: bytes, limits: Limits) -> Content:
    """Return the text of a page saved with its pictures in one file (.mht), as Word and document systems write too."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        page = message.get_body(("html", "plain"))
        found = page.get_payload(decode=True) if page is not None else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError) as error:
        raise ReadError(Refusal.DAMAGED, "trang web lưu trữ (.mht) hỏng; hãy lưu lại trang rồi nạp lại.") from error
    if page is None or not isinstance(found, bytes) or not found.strip():
        raise ReadError(Refusal.EMPTY, "trang web lưu trữ (.mht) không có nội dung; hãy lưu lại trang rồi nạp lại.")
    content = read(found, limits)
    images = sum(part.get_content_maintype() == "image" for part in message.walk())
    return replace(content, left_out=(f"{images} hình ảnh",) if images else content.left_out)


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    stated = _CHARSET.search(data[:4096])
    name = stated.group(1).decode("ascii").lower() if stated else ""
    if name in ("windows-1258", "windows-1252", "iso-8859-1", "utf-8", ""):
        return text.decode(data)  # pages often misstate these: the letters tell
    try:
        return data.decode(name, errors="replace"), ()
    except LookupError:
        return text.decode(data)


def _prune(root: lxml.html.HtmlElement) -> None:
    """Empty what is not part of an article."""
    _empty(list(root.iter(*_DROPPED)))
    most = max(len(root.text_content()) // 2, 1000)  # what holds more is the page itself
    _empty([node for node in root.iterdescendants() if _is_chrome(node) and len(node.text_content()) < most])
    _empty(_link_blocks(root))


def _empty(nodes: list[lxml.html.HtmlElement]) -> None:
    # Not taken out: the text around each would be joined, which copies it as often as there are nodes.
    for node in nodes:
        node.clear(keep_tail=True)
        node.tag = "emptied"


def _is_chrome(node: lxml.html.HtmlElement) -> bool:
    if node.tag in ("body", "article", "main"):
        return False
    if node.get("role") in ("navigation", "banner", "contentinfo", "complementary"):
        return True
    if "display:none" in (node.get("style") or "").replace(" ", "").lower():
        return True
    return bool(_CHROME.search(_names(node)))


def _link_blocks(root: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """Return the blocks that hold little but links: a menu, a list of other news."""
    found = []
    open_: list[_Held] = [_Held()]
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            open_.append(_Held(characters=_length(node.text)))
            continue
        held = open_.pop()
        if node.tag == "a":
            held = _Held(held.characters, 1, held.characters)
        elif node.tag in _LINK_BLOCKS and held.links >= 3 and held.linked > 0.7 * held.characters:
            found.append(node)
        around = open_[-1]
        around.characters += held.characters + _length(node.tail)
        around.links += held.links
        around.linked += held.linked
    return found


@dataclass(slots=True)
class _Held:
    """What stands in an element, counted while it is walked through."""

    characters: int = 0
    links: int = 0
    linked: int = 0  # characters


def _length(text: str | None) -> int:
    return len(text.strip()) if text else 0


def _article(root: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """Return the element that holds the article: one known to, with what else of a directive, or of the head of a news
    item, lies around it."""
    whole = root.find("body") if root.find("body") is not None else root
    named = [node for node in root.iterdescendants() if _CONTENT_NAMES.search(_names(node))]
    for nodes in (*(root.xpath(path) for path in _CONTENT), named):
        found = max(nodes, key=lambda node: len(node.text_content()), default=None)
        if found is not None and len(found.text_content().strip()) >= 400:
            return _grown(found, whole)
    return whole


def _grown(found: lxml.html.HtmlElement, whole: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    parts = _parts(whole)
    if len(parts) > 1:  # a directive
        while found is not whole and _parts(found) != parts:
            found = found.getparent()
        return found
    length = len(found.text_content())
    around = found
    while around is not whole and len(around.text_content()) < _HEAD_AROUND * length:
        if next(around.iter("h1"), None) is not None:
            return around
        around = around.getparent()
    return found


def _names(node: lxml.html.HtmlElement) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"


def _parts(node: lxml.html.HtmlElement) -> set[str]:
    return {"".join(part.upper().split())[:8] for part in _PARTS.findall(node.text_content())}


def _cut(lines: list[str]) -> list[str]:
    """Return the lines without those of the page's tools, up to those that lead to other news, where that stands in the
    second half."""
    for at, line in enumerate(lines):
        if at > len(lines) // 2 and _END.fullmatch(line):
            lines = lines[:at]
            break
    return [line for line in lines if len(line) > _LONGEST_TOOLS or not _TOOLS.fullmatch(line)]


def _lines(node: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield the paragraphs under `node`; a row of data is a paragraph's line, the rows of a table go together."""
    inline: list[str] = []
    for piece in _pieces(node):
        if isinstance(piece, str):
            inline.append(piece)
            continue
        if line := _line(inline):
            yield line
        inline = []
        if piece is None:
            continue
        if piece.tag == "table":
            yield from _table(piece)
        elif piece.tag in ("ul", "ol"):
            yield from _list(piece)
        else:
            yield from _lines(piece)
    if line := _line(inline):
        yield line


def _pieces(node: lxml.html.HtmlElement) -> Iterator[str | lxml.html.HtmlElement | None]:
    """Yield the inline text of a block and, between, the blocks in it; None for a rule."""
    if node.text:
        yield re.sub(r"\s+", " ", node.text) if node.tag != "pre" else node.text
    for child in node:
        if child.tag == "br":
            yield "\n"
        elif child.tag == "hr":
            yield None
        elif child.tag in _BLOCKS:
            yield child
        else:
            yield from _pieces(child)
        if child.tail:
            yield re.sub(r"\s+", " ", child.tail) if node.tag != "pre" else child.tail


def _line(inline: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(inline).split("\n"))
    return "\n".join(filter(None, lines))


def _list(node: lxml.html.HtmlElement) -> Iterator[str]:
    number = whole(node.get("start"), default=1, most=9999)
    for item in node:
        lines = list(_lines(item))
        if item.tag == "li":
            letter = {"a": _letter(number).lower(), "A": _letter(number)}.get(node.get("type", ""), "")
            mark = "-" if node.tag == "ul" else f"{letter})" if letter else f"{number}."
            lines[:1] = [f"{mark} {lines[0]}"] if lines else []
            number += 1
        yield from lines


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26)


def _table(table: lxml.html.HtmlElement) -> Iterator[str]:
    rows = [_row(row) for row in _rows(table)]
    nested = max(map(len, rows), default=0) <= 2 and next(table.iterdescendants("table"), None) is not None
    texts = [["\n".join(lines) for lines in row] for row in rows]
    if (nested or places_only(texts)) and max((len(text) for row in texts for text in row), default=0) > _LONG_CELL:
        for row in rows:  # lays out the whole page: what stands in its cells are paragraphs
            for lines in row:
                yield from lines
    elif text := table_text(texts, placing=nested).strip():
        yield text


def _rows(table: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _row(row: lxml.html.HtmlElement) -> list[list[str]]:
    """Return the lines of each cell; a cell over several columns is followed by empty ones."""
    cells: list[list[str]] = []
    for cell in row:
        if cell.tag in ("td", "th"):
            span = cell.get("colspan")
            cells.append(list(_lines(cell)))
            cells.extend([] for _ in range(whole(span, default=1, most=_WIDEST) - 1))
    return cells
