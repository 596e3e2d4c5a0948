"""Who a sentence binds: the names before its predicate, the words that order them, and where a next doer takes over.

A doer counts only with a predicate: a duty word right after the name ("Sở Y tế rà soát"), an order before it ("Giao Sở
Y tế ..."), or a strong word behind a qualifier ("các huyện phấn đấu đạt chuẩn cần ..."). What lies in the past is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.agencies import AgencyMention
from ingest.duties import ABOUT, BOUND, DATED, DELEGATION, LEAD_IN, MANAGED, ORDER, PAST, PERSONS, duty_at
from ntmgraph.ids import named_agency_id
from ntmgraph.model import Actor

_JOIN = re.compile(r", | và |; |, các | cùng | - |/|, đồng chí | và các |,? (?=các )")
_AFTER_ACTOR = re.compile(
    r" (?:có )?liên quan|"
    r" (?:có tên |nêu |quy định )(?:tại |ở |trong )(?:điều|phụ lục|mục|khoản) \w+(?: quyết định này)?|"
    r" \([^)]{2,80}\)| khác| trên địa bàn(?: tỉnh| huyện)?| thuộc tỉnh|"
    r",? được phân công[^,;.:]{0,40}"
)
_SOURCE = re.compile(  # which of a group: "các sở chủ trì tiêu chí tại Quyết định số 12/QĐ-UBND ngày 01/02/2022"
    r" (?:nêu |quy định |có tên |ban hành )?(?:tại|theo|trong|kèm theo) "
    r"(?:quyết định|kế hoạch|công văn|văn bản|nghị quyết|thông báo|chỉ thị)"
    r"(?: số)? [\w/.-]*\d[\w/.-]*(?:,? (?:ngày [\d/.-]+(?: tháng \d+ năm \d{4})?|của (?:ủy ban nhân dân|ubnd) tỉnh))*"
)
_PAPER = r"(?: (?:công văn|văn bản|chỉ thị|công điện|thông báo|quyết định|kế hoạch))?"
_ANNOUNCES = re.compile(  # between the voice of a news item and its order
    r"(?: (?:cũng|vừa|đã|mới|vừa mới))*"
    rf"(?: (?:có|ban hành|ký|gửi|đồng ý|thống nhất)(?: ban hành)?{_PAPER}[^.;:]{{0,60}}?)?"
    r"(?: và|,)? (?=giao |yêu cầu |đề nghị |phân công |chỉ đạo )"
)
_AND_ORDERS = re.compile(r",? (?:và|đồng thời) (?:giao|yêu cầu|đề nghị|phân công)(?: cho)? ")
_SHORT_VOICE = re.compile(r"(?:sở|tỉnh|huyện|thành phố|ubnd|ủy ban) (?=(?:giao|yêu cầu|đề nghị) )")
_CHOSEN = frozenset({"g.tieuchi", "g.giupdo"})  # groups that a document of assignment makes
_STRONG = re.compile(  # words that open a predicate wherever they stand
    r"(?<!\w)(?:có trách nhiệm|chịu trách nhiệm|chủ trì|cần|phải|tập trung|khẩn trương|chủ động|thường xuyên|tích cực|"
    r"tăng cường|nghiêm túc|tiếp tục|có nhiệm vụ)(?!\w)"
)
_AFTER_LEAD_IN = re.compile(r", | - |; | (?=(?:đề nghị|yêu cầu) )|(?<=vướng mắc) |(?<=phát sinh) ")
_EACH_PLACE = re.compile(r"(?:mỗi|từng) (?:xã|huyện|thôn|bản|địa phương)(?!\w)")
_ON_BEHALF = re.compile(r"(?:thừa lệnh|thừa ủy quyền|được sự đồng ý của|thay mặt) [^,.;]{3,60}, ")
_PARENTHESIS = re.compile(  # between a doer and its predicate
    r", (?:trong|theo|trước|chậm nhất|từ|với|ngay sau|thông qua|bằng|khi)(?!\w)[^;:.]{3,110}?, "
)
_QUALIFIED = re.compile(  # words that go on a doer's name
    r" (?:có (?:các |\d+ )?(?:xã|thôn|bản|tên|dự án|công trình|liên quan)|được|nêu|tại|ở|trong|thuộc|đăng ký|còn|"
    r"phụ trách|trực thuộc|dự kiến|nằm trong|theo phân công|đóng)(?!\w)"
)
_PART = re.compile(  # what a doer has charge of, as part of its name
    r"(?:phụ trách|theo dõi|giúp đỡ|đỡ đầu|quản lý|phấn đấu|đăng ký)(?:, (?:theo dõi|giúp đỡ|chỉ đạo))* "
    r"(?:địa bàn|các xã|xã|cơ sở|lĩnh vực|khối|cụm|thôn|bản|ấp|tiêu chí|huyện|đường|đạt chuẩn|về đích)"
)
_REACHED = re.compile(
    r" (?:đã |chưa )(?:được công nhận|đạt chuẩn|về đích|hoàn thành)[^,.;:]{0,70}?"
    r"(?= (?:cần|phải|có trách nhiệm|tiếp tục|tập trung|khẩn trương)(?! được))"
)
# Who speaks for an issuer: "Chủ tịch UBND tỉnh yêu cầu", "Ban Thường vụ Tỉnh ủy yêu cầu".
_VOICES = {
    "t.tinhuy": ("t.btvtu", "t.tttu"),
    "t.btvtu": ("t.tinhuy", "t.tttu"),
    "t.vpubnd": ("t.ubnd",),
    "h.huyenuy": ("a.ban-thuong-vu-huyen-uy", "a.thuong-truc-huyen-uy"),
}
# "UBND xã được đăng ký niêm yết", "được lựa chọn năm 2024 xây dựng": what was done to a doer, then what it must do.
_PARTICIPLE = re.compile(
    r",? (?:đã )?được (?:đăng ký|lựa chọn|chọn|giúp đỡ|đỡ đầu|chỉ định|kiểm tra|thanh tra|đề xuất|mời)"
    r"(?: (?:đạt chuẩn|về đích|nông thôn mới|thí điểm|giúp đỡ))*"
    r"(?: (?:trong )?(?:năm|giai đoạn) \d{4}(?: ?[-–] ?\d{4})?)?"
    r"(?! (?:hoàn thành|đạt|công nhận|đầu tư))(?!\w)"
)
_GIVEN = re.compile(  # of a body by its name this is the work; of a group ("các sở được giao chủ trì") it tells which
    r",? (?:được|có) (?:giao|phân công|nhiệm vụ) (?=chủ trì|tham mưu|theo dõi|giám sát|phối hợp)"
)
_TOLD = re.compile(r" (?:cũng )?được (?:yêu cầu|đề nghị|giao nhiệm vụ) ")  # "UBND huyện A được yêu cầu lập danh sách"
_VILLAGES = re.compile(r"(?:thôn|bản|ấp|buôn|xóm|khóm) ")  # a doer by its name only: "thôn A và thôn B xong trước ..."
_APPOINTS = ("giao", "phân công", "chỉ định", "cử", "ủy quyền", "đăng ký", "lựa chọn")  # "được giao chủ trì"
_ASKS = ("đề nghị", "kiến nghị", "kiến nghị với", "mong", "rất mong", "kính mong", "mời")
_ISSUERS_ORDERS = (
    "giao nhiệm vụ cho", "giao trách nhiệm cho", "giao cho", "giao", "yêu cầu", "phân công", "ủy quyền cho", *_ASKS,
)  # fmt: skip
_HEADING_LEAD = re.compile(
    r"(?:(?:riêng )?đối với|trách nhiệm của|nhiệm vụ của|giao(?: nhiệm vụ)?(?: cho)?|"
    r"(?:đề nghị|kiến nghị)(?: với)?|yêu cầu|phân công) "
)


_TELLING = ("đã", "đang", "sẽ", "bị")
# After these a duty word is part of a name: "được phân công hoặc điều chỉnh", "các đồng chí lãnh đạo ...".
_STILL_NAMED = (" hoặc ", "đồng chí ")


@dataclass(frozen=True, slots=True)
class Doers:
    """Who is bound, and the words after them."""

    actors: tuple[Actor, ...]
    end: int
    request: bool = False
    rule: str = "subject"
    support: tuple[Actor, ...] = ()  # whom a heading names beside: "Sở A chủ trì, phối hợp với Sở B:"
    told: bool = False  # by "giao", "yêu cầu": an order also where the opening of the document asks


class Subjects:
    """Reads the subjects of one text's sentences."""

    def __init__(
        self,
        text: str,
        low: str,
        mentions: tuple[AgencyMention, ...],
        issuer: str | None,
        dates: Iterable[tuple[int, int]] = (),
        *,
        province: str | None = None,
        news: bool = False,
    ) -> None:
        self.text = text
        self.low = low  # aligned
        self.mentions = mentions
        self.leads = [mention.lead for mention in mentions]
        self.starts = [mention.start for mention in mentions]
        self.issuer = issuer  # agency id
        self.news = news  # it recounts who orders whom: "UBND tỉnh giao Sở Y tế ..."
        self.where = (province,) if province else ()
        self.strangers: dict[int, AgencyMention] = {}  # doers that no catalogue knows, by where they stand
        self.dates = dict(dates)  # where a date starts: where it ends

    def takeover(self, at: int, end: int, *, commanded: bool) -> tuple[int, Doers] | None:
        """Return where the next subject of the sentence starts, and who it is."""
        for boundary in re.compile(r"; | và giao |, |\. ").finditer(self.low, at, end):
            start = boundary.end()
            if boundary.group() == " và giao ":
                start = boundary.start() + 4
            if delegated := self.delegated(boundary.start() + (1 if " và" in boundary.group() else 0), end):
                return start, delegated
            if DELEGATION.match(self.low, boundary.start(), end):
                continue
            about = ABOUT.match(self.low, start, end)
            place = about.end() if about else start
            if _EACH_PLACE.match(self.low, place):
                continue  # "..., mỗi xã phải có một sản phẩm" goes on about the same work
            if PERSONS.match(self.low, place, end) and not self._mention_at(place):
                listed = boundary.group() == ", " and (
                    self._inside_list(place) or self._supports(at, boundary.start()) or self._after_object(at, boundary)
                )
                if not listed and (unknown := self.unknown(place, end)):
                    return start, unknown
            doers = self.doers_at(place, end)
            if (
                doers
                and not self._inside_list(place)
                and not self._supports(at, boundary.start())
                and self._duty_at(doers.end, end)
                and not self.is_issuer(doers)
            ):
                return start, doers
            order = ORDER.match(self.low, start, end) if boundary.group() in ("; ", ". ") and not commanded else None
            if order and (order["verb"] == "chỉ đạo" or order["verb"] in _ASKS[1:]):
                continue  # "...; kiến nghị UBND tỉnh ...": what the doer before it is to do
            if order and (doers := self.row_of_doers(order.end(), end)) and self.duty_within(doers.end, end, 6):
                return start, _ordered(doers, order)
        return None

    def delegated(self, at: int, end: int) -> Doers | None:
        """Return who is given work by the words at `at`: ", giao Phòng Kinh tế làm đầu mối"."""
        order = DELEGATION.match(self.low, at, end)
        doers = self.row_of_doers(order.end(), end) if order else None
        if doers and (BOUND.match(self.low, doers.end, end) or self._duty_at(doers.end, end)):
            return replace(doers, rule="delegation", told=True)
        return None

    def _after_object(self, at: int, boundary: re.Match[str]) -> bool:
        """True when what ends at the comma is a body without a name too: "phân công cơ quan chủ trì, cơ quan ..."."""
        before = PERSONS.pattern.finditer(self.low, at, boundary.end())
        return any(person.end() == boundary.start() for person in before)

    def _supports(self, start: int, end: int) -> bool:
        """True when what ends here is still the row of those with whom to work: "phối hợp với các trường học, ..."."""
        joined = self.low.rfind("phối hợp với ", start, end)
        return joined >= 0 and not self.duty_within(joined + len("phối hợp với "), end, 99)

    def _inside_list(self, at: int) -> bool:
        """True when the name at `at` goes on a list of names: "các Sở, ngành, UBND các huyện"."""
        before = self.low[max(0, at - 2) : at]
        if before != ", ":
            return False
        index = bisect_left(self.leads, at) - 1
        return index >= 0 and self.mentions[index].end >= at - 2

    def _after_whose(self, at: int) -> bool:
        """True behind a name that says whose: "Căn cứ Chỉ thị của Chính phủ, các Sở ..."."""
        index = bisect_left(self.leads, at) - 1
        return index >= 0 and self.low.endswith("của ", 0, self.mentions[index].lead)

    def subject(
        self, start: int, end: int, *, any_predicate: bool = False, commanded: bool = False
    ) -> tuple[Doers | None, int | None]:
        """Return the doers that a sentence names before its predicate; and where its predicate may start, None when
        the sentence tells of the past."""
        if on_behalf := _ON_BEHALF.match(self.low, start, end):
            start = on_behalf.end()
        direct = self._subject_at(start, end, any_predicate=any_predicate, commanded=commanded)
        if direct is not None:
            return direct, direct.end
        named = self.row_of_doers(start, end)
        if named and PAST.match(self.low, named.end, end):
            return None, None
        if LEAD_IN.match(self.low, start, end):
            for step in _AFTER_LEAD_IN.finditer(self.low, start, min(end, start + 420)):
                if step.group() == "; " and self._duty_at(start, end):
                    break  # a duty of its own stands before the semicolon
                later = self._subject_at(step.end(), end, any_predicate=any_predicate, commanded=commanded)
                if later and (not self._inside_list(step.end()) or self._after_whose(step.end())):
                    return later, later.end
            if self.low.startswith(("đối với ", "riêng đối với "), start) and (about := self._about(start, end)):
                return about, about.end
        managed = MANAGED.match(self.low, start, end)
        if managed and (behind := self.row_of_doers(managed.end(), end)):
            return replace(behind, end=start, rule="managed"), start
        return None, start

    def _subject_at(self, at: int, end: int, *, any_predicate: bool, commanded: bool) -> Doers | None:
        if ordered := self.ordered_at(at, end, any_predicate=any_predicate, commanded=commanded):
            return ordered
        if commanded and self.low.startswith("lãnh đạo ", at):
            return None  # "Lãnh đạo UBND tỉnh ban hành ..." below a heading that names who leads
        about = ABOUT.match(self.low, at, end)
        place = about.end() if about else at
        if self.news and (voice := _SHORT_VOICE.match(self.low, place, end)):
            return self.ordered_at(voice.end(), end)
        doers = self.doers_at(place, end)
        if doers is None:
            return None
        if doers.rule == "persons":
            return doers
        if self.news and (told := self._told_by(doers, end)):
            return told
        passive = _TOLD.match(self.low, doers.end, end)
        if passive and self._duty_at(passive.end(), end):
            return replace(doers, end=passive.end())
        if PAST.match(self.low, doers.end, end):
            return self._chosen(doers, end) or self._reached(doers, end)
        if (given := _GIVEN.match(self.low, doers.end, end)) and not (doers.actors[-1].id or "g.").startswith("g."):
            return replace(doers, end=given.end())
        if bound := BOUND.match(self.low, doers.end, end):
            return replace(doers, rule="bound", end=bound.start())
        if any_predicate or self._duty_at(doers.end, end) or self.is_issuer(doers):
            return doers
        between = _PARENTHESIS.match(self.low, doers.end, end)
        if between and self._duty_at(between.end(), end):
            return doers
        return self._with_qualifier(doers, end)

    def ordered_at(self, at: int, end: int, *, any_predicate: bool = False, commanded: bool = False) -> Doers | None:
        """Return those whom an order at `at` names: "Giao Sở Y tế ...", "đề nghị các đơn vị ..."."""
        order = ORDER.match(self.low, at, end)
        if order is None or order["verb"] not in _ISSUERS_ORDERS:
            return None
        doers = self.doers_at(order.end(), end) or self._named_by_order(order.end(), end)
        if doers is None:
            return None
        if commanded and order["verb"] not in ("đề nghị", "yêu cầu"):
            given = order["verb"].startswith("giao") and self._duty_at(doers.end, end)
            return _ordered(doers, order) if given else None
        opens = self.low[doers.end : doers.end + 1] in ":," or self.duty_within(doers.end, end, 8)
        return _ordered(doers, order) if any_predicate or opens else None

    def _named_by_order(self, at: int, end: int) -> Doers | None:
        """Return a body that no list has, where an order and a duty stand about it: "Yêu cầu Ban Quản lý dự án ...
        đẩy nhanh"."""
        if at >= end or not self.text[at].isupper() or self._duty_at(at, end):
            return None
        stop = self._predicate(at, end)
        return Doers((self._stranger(at, stop),), stop) if stop else None

    def _chosen(self, doers: Doers, end: int) -> Doers | None:
        chosen = _PARTICIPLE.match(self.low, doers.end, end)
        return replace(doers, end=chosen.end()) if chosen and self._duty_at(chosen.end(), end) else None

    def _reached(self, doers: Doers, end: int) -> Doers | None:
        """Accept what a body has reached between its name and an order: "Các xã đã đạt chuẩn tiếp tục duy trì"."""
        reached = _REACHED.match(self.low, doers.end, end)
        return replace(doers, end=reached.end()) if reached else None

    def _with_qualifier(self, doers: Doers, end: int) -> Doers | None:
        """Accept words between doer and predicate where a strong word opens the predicate: "các huyện phấn đấu đạt
        chuẩn cần rà soát"."""
        if _QUALIFIED.match(self.low, doers.end, end) and (at := self._predicate(doers.end, end)):
            return replace(doers, end=at)
        strong = _STRONG.search(self.low, doers.end, min(end, doers.end + 160))
        between = self.low[doers.end : strong.start()] if strong else "."
        if strong is None or re.search(r"[.;:]| đã ", between) or len(between.split()) > 22:
            return None
        return replace(doers, end=strong.start())

    def _about(self, start: int, end: int) -> Doers | None:
        """Read "Đối với thành phố A đã ... và huyện B khi ... cần thường xuyên rà soát": all named before "cần"."""
        strong = _STRONG.search(self.low, start, min(end, start + 400))
        if strong is None or ":" in self.low[start : strong.start()]:
            return None
        actors = [
            self.actor(mention)
            for mention in self.between(start, strong.start())
            if not self.low[: mention.lead].endswith("được ") and mention.level != "central"
        ]
        return Doers(tuple(actors), strong.start()) if actors else None

    def ordered_by(self, issuer: Doers, end: int) -> Doers | None:
        """Return those whom the issuer orders: "UBND tỉnh yêu cầu các đơn vị ..."."""
        at = issuer.end + 1 if self.low[issuer.end : issuer.end + 1] == " " else issuer.end
        order = ORDER.match(self.low, at, end)
        doers = self.doers_at(order.end(), end) if order else None
        return _ordered(doers, order) if doers and order else None

    def _told_by(self, voice: Doers, end: int) -> Doers | None:
        """Return those whom the voice of a news item orders: "Chủ tịch UBND tỉnh vừa có công văn giao Sở Y tế ..."."""
        announces = _ANNOUNCES.match(self.low, voice.end, end)
        order = ORDER.match(self.low, announces.end(), end) if announces else None
        doers = self.doers_at(order.end(), end) if order else None
        if doers is None or order is None:
            return None
        bound = BOUND.match(self.low, doers.end, end) or order["verb"] != "chỉ đạo"
        also = _AND_ORDERS.match(self.low, doers.end, end)
        more = self.doers_at(also.end(), end) if also else None
        if more:  # "đề nghị Ủy ban MTTQ tỉnh và yêu cầu các Sở ..."
            doers = replace(more, actors=(*doers.actors, *more.actors))
        return _ordered(doers, order) if bound and self.duty_within(doers.end, end, 8) else None

    def is_issuer(self, doers: Doers) -> bool:
        own = self.issuer
        if own is None or len(doers.actors) != 1:
            return False
        base, _, where = own.partition("@")
        return doers.actors[0].id in {own, *(f"{voice}@{where}".rstrip("@") for voice in _VOICES.get(base, ()))}

    # --- names in a row

    def doers_at(self, at: int, end: int) -> Doers | None:
        """Return those who stand in a row from `at`, also where only the last is no known body: "UBND các xã, các
        trường học"."""
        named = self.row_of_doers(at, end)
        if named is None:
            return self.unknown(at, end)
        join = re.compile(r", | và |; ").match(self.low, named.end, end)
        if join and not self._duty_at(join.end(), end) and (more := self.unknown(join.end(), end)):
            return replace(named, actors=(*named.actors, *more.actors), end=more.end)
        return named

    def unknown(self, at: int, end: int) -> Doers | None:
        """Return people or bodies that no catalogue knows, where a duty follows: "Các trường học lồng ghép ..."."""
        if (village := _VILLAGES.match(self.low, at, end)) and self.text[village.end() : village.end() + 1].isupper():
            stop = self._predicate(village.end(), end)
            return Doers(tuple(self._strangers(at, stop)), stop, rule="persons") if stop else None
        person = PERSONS.match(self.low, at, end)
        stop = self._predicate(person.end(), end) if person else None
        return Doers((self._stranger(at, stop),), stop, rule="persons") if stop else None

    def _strangers(self, start: int, end: int) -> Iterator[Actor]:
        """Yield the doers of a row that no catalogue knows."""
        for join in re.compile(r", | và ").finditer(self.low, start, end):
            yield self._stranger(start, join.start())
            start = join.end()
        yield self._stranger(start, end)

    def _quoted(self, start: int, end: int) -> Actor:
        quote = self.text[start:end].rstrip(" \n,;:-–")
        return Actor(" ".join(quote.split()), None, quote)

    def _stranger(self, start: int, end: int) -> Actor:
        """Return a doer that no catalogue knows, under an id made of its words."""
        actor = self._quoted(start, end)
        identifier = named_agency_id(actor.name, *self.where)
        stop = start + len(actor.quote)
        self.strangers[start] = AgencyMention(
            start, stop, start, actor.quote, actor.name, identifier, "province", "other", None, vague=True
        )
        return replace(actor, id=identifier)

    def _predicate(self, at: int, end: int) -> int | None:
        """Return where the predicate opens behind the words that go on a name; None when none does soon. What is "được
        phân công" or "phụ trách địa bàn" still says who."""
        last, passive, said = at, False, at
        appointed = first = False  # "được giao [chủ trì]": the verb of an office goes on
        for count, word in enumerate(re.compile(r"\w+").finditer(self.low, at, end)):
            gap = self.low[last : word.start()]
            if count > 18 or any(stop in gap for stop in ".;:“(") or word.group() in _TELLING:
                return None
            if word.group() in ("được", "do"):
                passive = first = True
                appointed = word.group() == "do"
            elif word.start() < said:
                pass  # in the middle of "đăng ký"
            elif self.text[word.start()].islower() and (done := duty_at(self.low, word.start(), word.group())):
                if self.low.endswith(_STILL_NAMED, max(at - 12, 0), word.start()):
                    last = word.end()
                    continue
                if self.low[word.start() - 3 : word.start()] == "và ":
                    return None  # a noun in a row: "cơ quan phối hợp ... và lãnh đạo các xã"
                chain = self.low[said : word.start()] in (" ", ", ", " và ", ", và ")
                named = (passive and (first or (appointed and chain))) or _PART.match(self.low, word.start(), end)
                if not (named and self.duty_within(done, min(end, done + 70), 10)):
                    return None if passive and first else word.start()
                appointed = appointed or (passive and self.low[word.start() : done] in _APPOINTS)
                first, said = False, done
            elif passive and gap not in (" ", ", "):
                passive = False
            if passive and "," in gap:
                passive = False
            last = word.end()
        return None

    def row_of_doers(self, at: int, end: int) -> Doers | None:
        """Return the names that stand in a row from `at`: "Sở A, Sở B và các Sở, ngành liên quan"."""
        row, stop = self.row(at, end)
        if not row:
            return None
        same = [list(many) for _, many in groupby(row, key=lambda one: one.id or one)]
        return Doers(tuple(self._actor_of(many) for many in same), stop)

    def _actor_of(self, many: list[AgencyMention]) -> Actor:
        """Return one actor for neighbouring names of one body: "Giám đốc các sở, Thủ trưởng các ban, ngành"."""
        actor = self.actor(many[0])
        if len(many) == 1 or many[0].start != many[0].lead:
            return actor
        return replace(actor, quote=self._quoted(many[0].start, self._whole_end(many[-1])).quote)

    def row(self, at: int, end: int) -> tuple[list[AgencyMention], int]:
        row: list[AgencyMention] = []
        start = stop = at
        while (mention := self._mention_at(at)) is not None and mention.end <= end:
            row.append(mention)
            stop = self._whole_end(mention)
            while after := _AFTER_ACTOR.match(self.low, stop, end):
                stop = after.end()
            following = self._next_mention(stop)
            if following is None:
                break
            gap = self.low[stop : following.lead if following.lead >= stop else following.start]
            if (gap and not _JOIN.fullmatch(gap)) or (gap == " và " and self._duty_at(stop, end)):
                break
            at = following.start
            if at <= start:
                break
        return row, stop

    def _mention_at(self, at: int) -> AgencyMention | None:
        """Return the name that starts at `at`, or the first of a list that does."""
        index = bisect_left(self.leads, at)
        if index < len(self.leads) and self.leads[index] == at:
            return self.mentions[index]
        index = bisect_left(self.starts, at)
        return self.mentions[index] if index < len(self.starts) and self.starts[index] == at else None

    def _next_mention(self, at: int) -> AgencyMention | None:
        index = bisect_left(self.starts, at)
        return self.mentions[index] if index < len(self.mentions) else None

    def led(self, start: int, end: int) -> tuple[AgencyMention, ...]:
        return self.mentions[bisect_left(self.leads, start) : bisect_left(self.leads, end)]

    def between(self, start: int, end: int) -> list[AgencyMention]:
        return list(self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def actor(self, mention: AgencyMention) -> Actor:
        end = self._whole_end(mention)
        if end == mention.end:
            return Actor(mention.name, mention.id, mention.quote)
        return replace(self._quoted(mention.start, end), id=mention.id)

    def _whole_end(self, mention: AgencyMention) -> int:
        """Return where a name ends with the words that say which of a group are meant."""
        if (mention.id or "").partition("@")[0] not in _CHOSEN:
            return mention.end
        source = _SOURCE.match(self.low, mention.end)
        return source.end() if source else mention.end

    def past_date(self, at: int, end: int) -> int:
        """Return where the words go on after a date that a clause opens with: "Trước ngày 25 hằng tháng, báo cáo"."""
        begin = at + len("định kỳ ") if self.low.startswith("định kỳ ", at) else at
        if (stop := self.dates.get(begin) or self.dates.get(at)) is None:
            dated = DATED.match(self.low, at, end)
            stop = dated.end() if dated else at
        while stop < end and self.low[stop] in " ,":
            stop += 1
        return stop

    def _duty_at(self, at: int, end: int) -> bool:
        """Return whether a duty opens right here."""
        while at < end and self.low[at] in " ,:–-":
            at += 1
        if self.low.startswith("cũng ", at):
            at += len("cũng ")
        return at < end and duty_at(self.low, at) is not None

    def duty_after_date(self, at: int, end: int) -> bool:
        """Return whether a duty opens right here, or right after the date that stands here."""
        return self._duty_at(at, end) or self._duty_at(self.past_date(at, end), end)

    def duty_within(self, at: int, end: int, words: int) -> bool:
        for count, word in enumerate(re.compile(r"\w+").finditer(self.low, at, end)):
            if count >= words:
                return False
            if duty_at(self.low, word.start(), word.group()):
                return True
        return False

    def opens_duty(self, start: int, end: int, *, commanded: bool = False) -> bool:
        """Return whether words without a subject are an order: a duty verb first, or "phải", "tập trung" soon after. In
        a list below the name of who is told, any verb of work will do."""
        if self.low[start:end].endswith(":") or PAST.match(self.low, start, end):
            return False
        if commanded and not self.low[start].isdigit() and self.duty_within(start, end, 25):
            return True
        each = re.compile(r"(?:mỗi|từng) \w+,? ").match(self.low, start, end)  # "mỗi thôn xây dựng 01 tuyến đường hoa"
        if self._duty_at(each.end() if each else start, end) or self.duty_after_date(start, end):
            return True
        strong = _STRONG.search(self.low, start, min(end, start + 140))
        return (
            strong is not None
            and len(self.low[start : strong.start()].split()) <= 14
            and " đã " not in self.low[start : strong.start()]
        )

    def only_doers(self, start: int, end: int) -> bool:
        doers = self.row_of_doers(start, end) or self._heading_of_unknown(start, end)
        return doers is not None and not self.low[doers.end : end].strip(" .:;,")

    def of_heading(self, start: int, end: int) -> Doers | None:
        lead = _HEADING_LEAD.match(self.low, start, end)
        at = lead.end() if lead else start
        doers = self.row_of_doers(at, end)
        if doers and (join := re.compile(r", | và ").match(self.low, doers.end, end)):
            more = self._heading_of_unknown(join.end(), end)
            doers = replace(doers, actors=(*doers.actors, *more.actors), end=more.end) if more else doers
        doers = doers or self._heading_of_unknown(at, end)
        if doers is None or len(self.low[doers.end : end].split()) > 30 or self.is_issuer(doers):
            return self.ordered_by(doers, end) if doers else None
        words = lead.group() if lead else ""
        return replace(
            doers,
            request=words.startswith(_ASKS),
            told=words.startswith(("giao", "yêu cầu", "phân công")),
            rule="heading",
        )

    def _heading_of_unknown(self, start: int, end: int) -> Doers | None:
        """Read a heading that is nothing but people or bodies: "Trưởng các bản", "Cơ quan chủ trì"."""
        person = PERSONS.match(self.low, start, end)
        words = self.low[start:end].strip(" .:;,")
        if person is None or len(words.split()) > 12 or re.search(r"\d|[.;]", words):
            return None
        return Doers((self._stranger(start, end),), start + len(words))


def _ordered(doers: Doers, order: re.Match[str]) -> Doers:
    asks = order["verb"] in _ASKS
    return replace(doers, request=asks, told=not asks, rule="order")
