"""What each question of `cypher/read/` must answer over the scene; the same rows on every engine.

A case is data: the question, its parameters, the columns looked at and the rows, in any order unless `ordered`.
`Any` parameters that most questions share stand in `EVERYTHING`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from scene import LAO_CAI, NATIONAL, PHU_NHUAN, draft, elsewhere, first, on_request, overdue, replacing, reported

from ntmgraph.ids import fact_id, issue_id
from ntmgraph.model import Reading
from ntmgraph.workspace.records import page_of_days

A, B, C, D = first().document.id, replacing().document.id, elsewhere().document.id, draft().document.id
REVIEW, REPORT, SPREAD, GUIDE = (task.id for task in first().tasks)
CHECK, FUND, LIST = replacing().tasks[0].id, elsewhere().tasks[0].id, draft().tasks[0].id
UNKNOWN = f"{A}/document-680e1cb73185"  # cited by number only: its issuer and year are not said
ASSIGNED, REASSIGNED = (
    fact_id(each.document.id, "assignment", "VN-XA-2016:17", row.evidence.start, row.evidence.quote)
    for each in (first(), replacing())
    for row in each.assignments
)
ASSIGNMENT = first().assignments[0].evidence.quote
STC, SCT, STC_LANG_SON, GROUP = "t.stc@lao-cai", "t.sct@lao-cai", "t.stc@lang-son", "g.so@lao-cai"
PLACE, OTHER_PLACE = PHU_NHUAN[1], "p.02908.2025"
C17 = "VN-XA-2016:17"
MET = "xã Phú Nhuận đạt tiêu chí 17"
ISSUED = date(2017, 1, 12)
ENDED = date(2019, 3, 1)
PATHS = tuple((each.id, each.path) for each in first().provisions[:2])
OVERDUE, LATE = overdue().document.id, overdue().tasks[0].id
(DOUBTED,) = (issue_id(A, each.code, each.start, each.message, 0) for each in first().issues)
REPORTED = reported().document.id
IN_2018, IN_2020 = date(2018, 12, 31), date(2020, 12, 31)
EVERYTHING: dict[str, object] = {"day": date.max, "alive": date.min, "province": "", "offset": 0, "limit": 100}
ALL_DOCUMENTS: dict[str, object] = {
    "words": "", "any_day": True, "first": date.min, "last": date.max, "type": "", "issuer": "", "province": "",
}  # fmt: skip
UNSEEN: dict[str, object] = {"province": "", "document": "", "seen": [""]}
ALL_ISSUES: dict[str, object] = {"code": "", **UNSEEN}
IN_FORCE: dict[str, object] = {"day": date(2018, 1, 1), "province": ""}


def scope(**narrower: object) -> dict[str, object]:
    return EVERYTHING | narrower


def due_on(*days: date) -> dict[str, object]:
    return {"days": list(days), "first": min(days), "last": max(days)}


def counted(**narrower: object) -> dict[str, object]:
    return {name: value for name, value in scope(**narrower).items() if name not in ("offset", "limit")}


def listed(**narrower: object) -> dict[str, object]:
    """Ask for tasks issued whenever, in a page of a hundred."""
    whenever = {"first": date.min, "last": date.max, "undated": True, **scope(**narrower)}
    return {name: value for name, value in whenever.items() if name != "day"}


def citing(id: str, **narrower: object) -> dict[str, object]:
    return {name: value for name, value in listed(id=id, **narrower).items() if name not in ("alive", "province")}


def members(*agencies: str, **narrower: object) -> dict[str, object]:
    """Ask for the duties of the departments of Lào Cai as a group, for these as its members."""
    pair = {"since": date.min, "until": date.max, "whole": True, "bare": False, "criteria": [""]} | narrower
    pairs = [
        {"rank": rank, "group": GROUP, "member": agency, "named": [agency]} | pair
        for rank, agency in enumerate(agencies)
    ]
    return {**counted(), "inferred": True, "pairs": pairs}


@dataclass(frozen=True)
class Case:
    question: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    parameters: dict[str, object] = field(default_factory=dict)
    ordered: bool = False
    also: tuple[Callable[[], Reading], ...] = ()  # directives taken in beside the scene


NEWEST_FIRST = ((FUND, C, date(2019, 8, 7)), (CHECK, B, ENDED), (REVIEW, A, ISSUED))

CASES = (
    Case(
        "agencies",
        ("id", "name", "kind", "province"),
        ((STC, "Sở Tài chính", "department", "Lào Cai"),),
        {"ids": [STC, "x"]},
    ),
    Case(
        "agencies_named",
        ("id",),
        ((STC_LANG_SON,), (STC,)),
        {"words": "|so tai chinh|", "province": "", "limit": 9},
        True,
    ),
    Case("agencies_named", ("id",), ((STC,),), {"words": "tai chinh", "province": "Lào Cai", "limit": 9}),
    Case("agencies_named", ("id",), (), {"words": "|so y te|", "province": "", "limit": 9}),  # known, but never named
    Case("agencies_of_kind", ("id",), ((STC_LANG_SON,), (STC,)), {"base": "t.stc", "province": "", "limit": 9}),
    Case("catalogue_agencies", ("id", "level"), (("t.stc", "province"),), {"words": "|so tc|"}),
    Case(
        "places",
        ("id", "name", "within", "province"),
        ((PLACE, "xã Phú Nhuận", "huyện Bảo Thắng", "Lào Cai"),),
        {"ids": [PLACE]},
    ),
    Case("places_named", ("id",), ((PLACE,),), {"words": "|phu nhuan|", "province": "", "limit": 9}),
    Case("places_named", ("id",), (), {"words": "|phu nhuan|", "province": "Lạng Sơn", "limit": 9}),
    Case(
        "catalogue_places",
        ("name", "level", "within", "within_kind"),
        (("xã Phú Nhuận", "commune", "huyện Bảo Thắng", "huyện"),),
        {"words": "|phu nhuan|", "province": "Lào Cai", "limit": 9},
    ),
    Case(
        "catalogue_places",
        ("name", "related"),
        (("xã Tằng Loỏng", True), ("thị trấn Tằng Loỏng", False)),
        {"words": "|tang loong|", "province": "Lào Cai", "limit": 9},
    ),
    Case("provinces", ("province",), (("Lào Cai",), ("Lạng Sơn",))),
    Case(
        "choices_of_documents",
        ("type", "issuer", "year"),
        (
            *(("Công văn", "UBND tỉnh Lào Cai", year) for year in (2017, 2019, None)),
            ("Kế hoạch", "UBND tỉnh Lạng Sơn", 2019),
        ),
    ),
    Case("totals", ("tasks", "issues", "agencies"), ((7, 1, 9),)),
    Case("document_states", ("id", "taken_in"), ((A, True), (NATIONAL, False)), {"ids": [A, NATIONAL, "x"]}),
    Case("taken_in", ("id",), ((A,), (B,), (C,), (D,))),
    Case(
        "contents_of_documents",
        ("document", "provisions", "tasks", "deadlines", "targets", "issues", "results", "references"),
        (
            *(
                (
                    each.document.id,
                    len(each.provisions),
                    len(each.tasks),
                    len(each.deadlines),
                    len(each.targets),
                    len(each.issues),
                    len(each.results),
                    len(each.references),
                )
                for each in (first(), draft())
            ),
            (NATIONAL, 0, 0, 0, 0, 0, 0, 0),
        ),
        {"ids": [A, D, NATIONAL, "x"]},
    ),
    Case(
        "documents_naming_agencies",
        ("agency", "document"),
        ((STC, A), (STC, D), (SCT, A), (SCT, B), ("t.syt", None)),
        {"ids": [STC, SCT, "t.syt", "x"]},
    ),
    Case(
        "documents",
        ("id", "number", "date", "ended"),
        ((A, "12/UBND-NLN", ISSUED, ENDED), (D, None, None, None)),
        {"ids": [A, D]},
    ),
    Case(
        "documents_like", ("id",), ((A,), (B,)), {"numbers": ["12/UBND-NLN", "1980/QĐ-TTg"], "days": [date(2019, 3, 1)]}
    ),
    Case(
        "document_rows", ("id", "state", "tasks", "issues"), ((A, "issued", 4, 1), (D, "draft", 1, 0)), {"ids": [A, D]}
    ),
    Case("count_documents", ("total",), ((4,),), ALL_DOCUMENTS),
    Case("count_documents", ("total",), ((1,),), ALL_DOCUMENTS | {"words": "phan cong lai"}),
    Case(
        "count_documents",
        ("total",),
        ((2,),),
        ALL_DOCUMENTS | {"any_day": False, "first": date(2019, 1, 1), "last": date(2019, 12, 31)},
    ),
    Case("list_documents", ("id",), ((C,), (B,), (A,), (D,)), ALL_DOCUMENTS | {"offset": 0, "limit": 9}, ordered=True),
    Case("list_documents", ("id",), ((B,), (A,)), ALL_DOCUMENTS | {"offset": 1, "limit": 2}, ordered=True),
    Case(
        "cites",
        ("relation", "id", "taken_in", "quote"),
        (
            ("căn cứ", NATIONAL, False, "Quyết định số 1980/QĐ-TTg"),
            ("thực hiện", UNKNOWN, False, "Nghị quyết số 7/NQ-TU"),
        ),
        {"id": A},
        ordered=True,
    ),
    Case("cited_by", ("relation", "id", "quote"), (("thay thế", B, "Công văn số 12/UBND-NLN"),), citing(A)),
    Case("cited_by", ("id",), (), citing(A, last=ISSUED)),
    Case("count_cited_by", ("issued", "total"), ((ENDED, 1),), {"id": A}),
    Case("changed_by", ("relation", "id", "quote"), (("thay thế", B, "Công văn số 12/UBND-NLN"),), {"id": A}),
    Case("changed_by", ("id",), (), {"id": NATIONAL}),
    Case("cited_by_document", ("id",), ((NATIONAL,), (UNKNOWN,)), {"id": A}),
    Case(
        "bases_of_documents",
        ("id", "relation", "basis"),
        ((A, "căn cứ", NATIONAL), (A, "thực hiện", UNKNOWN), (B, None, None)),
        {"ids": [A, B]},
    ),
    Case("ends_of_documents", ("id", "ended_by", "relation"), ((A, B, "thay thế"), (C, None, None)), {"ids": [A, C]}),
    Case("mentioned_agencies", ("id",), (("a.ubnd-tinh-lang-son@lang-son",), (STC_LANG_SON,)), {"id": C}),
    Case("mentioned_places", ("id",), ((PLACE,),), {"id": A}),
    Case("mentioned_criteria", ("id",), ((C17,), ("VN-XA-2016:17.8",)), {"id": A}),
    Case(
        "tasks",
        ("task", "what", "role", "quote", "page"),
        ((FUND, "bố trí vốn", "lead", "Sở Tài chính bố trí vốn tiêu chí 17 hết năm 2019", 1),),
        {"ids": [FUND]},
    ),
    Case(
        "bound_by_tasks",
        ("agency", "role", "basis"),
        (
            (STC, "lead", "stated"),
            (SCT, "coordinate", "stated"),
            ("a.thanh-tra-tinh@lao-cai", "supervise", "stated"),
        ),
        {"ids": [REVIEW]},
    ),
    Case("bound_by_tasks", ("agency", "basis"), ((STC, "inferred"),), {"ids": [LIST]}),
    Case("bound_by_tasks", ("name", "kind"), (("Sở Quy hoạch", "unresolved"),), {"ids": [GUIDE]}),
    Case(
        "reported_by_tasks",
        ("name", "via"),
        (("UBND tỉnh Lào Cai", False), ("Văn phòng Điều phối", True)),
        {"ids": [REVIEW]},
    ),
    Case("reported_by_tasks", ("task", "agency"), ((CHECK, None),), {"ids": [CHECK]}),
    Case(
        "criteria_of_tasks",
        ("task", "criterion", "set", "number"),
        ((REVIEW, C17, "VN-XA-2016", "17"), (LIST, "?:2", None, "2")),
        {"ids": [REVIEW, LIST]},
    ),
    Case("paths_of_provisions", ("provision", "path"), PATHS, {"ids": [*(id for id, _ in PATHS), "không có"]}),
    Case("places_of_tasks", ("task", "place"), ((REVIEW, PLACE), (LIST, None)), {"ids": [REVIEW, LIST]}),
    Case(
        "deadlines_of_tasks",
        ("task", "kind", "date", "recurrence", "ended"),
        (
            (REVIEW, "before", date(2017, 2, 20), None, ENDED),
            (REPORT, "recurring", None, "FREQ=MONTHLY;BYMONTHDAY=20", ENDED),
            (LIST, None, None, None, None),
        ),
        {"ids": [REVIEW, REPORT, LIST]},
    ),
    Case(
        "deadline_days",
        ("issued", "schedule"),
        ((ISSUED, "before 2017-02-20 - 1\nrecurring - FREQ=MONTHLY;BYMONTHDAY=20 1"),),
        IN_FORCE,
    ),
    Case(
        "deadline_days",
        ("schedule",),
        (("by_end_of 2019-12-31 - 1",),),
        {"day": date(2020, 1, 1), "province": ""},
    ),  # A has ended
    Case("deadline_days", ("issued",), (), {"day": date(2018, 1, 1), "province": "Lạng Sơn"}),
    Case(
        "tasks_due_on",
        ("task", "date"),
        ((REVIEW, date(2017, 2, 20)),),
        IN_FORCE | due_on(date(2017, 2, 19), date(2017, 2, 20)),
    ),
    Case("tasks_due_on", ("task",), (), IN_FORCE | due_on(date(2017, 2, 19), date(2017, 2, 21))),
    Case("tasks_due_by_rules", ("task",), ((REPORT,),), IN_FORCE | {"recurrences": ["FREQ=MONTHLY;BYMONTHDAY=20"]}),
    Case("tasks_due_by_rules", ("task",), (), IN_FORCE | {"recurrences": ["FREQ=MONTHLY;BYMONTHDAY=21"]}),
    Case("tasks_due_without_day", ("task",), (), IN_FORCE),
    Case(
        "tasks_due_without_day",
        ("task", "text"),
        ((on_request().tasks[0].id, "khi có yêu cầu"),),
        IN_FORCE,
        also=(on_request,),
    ),
    Case("count_tasks_without_deadline", ("total",), ((3,),), IN_FORCE),
    Case("count_tasks_without_deadline", ("total",), ((0,),), {"day": date(2016, 1, 1), "province": "Lạng Sơn"}),
    Case("days_of_tasks_without_deadline", ("issued", "total"), ((ISSUED, 2),), IN_FORCE | {"limit": 1}, ordered=True),
    Case(
        "tasks_without_deadline",
        ("task", "document", "issued"),
        ((SPREAD, A, ISSUED), (GUIDE, A, ISSUED)),
        IN_FORCE | {"first": ISSUED, "last": ISSUED, "undated": False, "offset": 0, "limit": 9},
        ordered=True,
    ),
    Case(
        "tasks_without_deadline",
        ("task",),
        (),
        IN_FORCE
        | {"first": ISSUED + timedelta(1), "last": date(2018, 1, 1), "undated": False, "offset": 0, "limit": 9},
    ),
    Case(
        "tasks_without_deadline",
        ("task",),
        ((LIST,),),
        {"day": date(2016, 1, 1), "province": ""} | page_of_days([{"issued": None, "total": 1}], 0, 9),
    ),
    Case("tasks_of_criteria", ("task", "document", "issued"), NEWEST_FIRST, listed(ids=[C17]), ordered=True),
    Case("tasks_of_criteria", ("task",), ((CHECK,),), listed(ids=[C17], offset=1, limit=1), ordered=True),
    Case("tasks_of_criteria", ("task",), ((CHECK,), (REVIEW,)), listed(ids=[C17], province="Lào Cai"), ordered=True),
    Case("tasks_of_criteria", ("task",), ((CHECK,),), listed(ids=[C17], last=date(2019, 4, 1), alive=date(2019, 4, 1))),
    Case("tasks_of_criteria", ("task",), ((CHECK,),), listed(ids=[C17], first=ENDED, last=ENDED)),
    Case(
        "count_tasks_of_criteria",
        ("issued", "total"),
        tuple((issued, 1) for _, _, issued in NEWEST_FIRST),
        counted(ids=[C17]),
    ),
    Case("count_tasks_of_criteria", ("issued",), ((ENDED,),), counted(ids=[C17], day=ENDED, alive=ENDED)),
    Case("tasks_of_places", ("task",), ((REVIEW,),), listed(ids=[PLACE])),
    Case("count_tasks_of_places", ("issued", "total"), ((ISSUED, 1),), counted(ids=[PLACE])),
    Case("tasks_of_documents", ("task",), ((REVIEW,), (REPORT,), (SPREAD,), (GUIDE,)), listed(ids=[A]), ordered=True),
    Case("count_tasks_of_documents", ("issued", "total"), ((ISSUED, 4),), counted(ids=[A])),
    Case(
        "tasks_of_agencies",
        ("task", "agency", "role"),
        ((REVIEW, STC, "lead"), (LIST, STC, "lead")),
        listed(ids=[STC], inferred=True),
        ordered=True,
    ),
    Case("tasks_of_agencies", ("task",), ((REVIEW,),), listed(ids=[STC], inferred=False)),
    Case("tasks_of_agencies", ("task",), ((LIST,),), listed(ids=[STC], inferred=True, first=date.max)),  # undated
    Case("tasks_of_agencies", ("task",), (), listed(ids=[STC], inferred=True, first=date.max, undated=False)),
    Case(
        "count_tasks_of_agencies",
        ("issued", "total"),
        ((ISSUED, 1), (None, 1)),
        counted(ids=[STC], inferred=True),
    ),
    Case("tasks_of_groups", ("task", "member", "rank"), ((SPREAD, STC, 0),), members(STC)),
    Case("tasks_of_groups", ("task", "rank"), ((SPREAD, 0),), members(STC, STC)),  # once, by the first that fits
    Case("tasks_of_groups", ("member",), ((SCT,), (STC,)), members(STC, SCT), ordered=True),
    Case("tasks_of_groups", ("task",), (), members(GROUP)),  # named itself
    Case("tasks_of_groups", ("task",), (), members(STC, named=[STC, GROUP])),  # a body before it is
    Case("tasks_of_groups", ("task",), (), members(STC, until=ISSUED)),
    Case("tasks_of_groups", ("task",), ((SPREAD,),), members(STC, since=ISSUED)),
    Case("tasks_of_groups", ("task",), (), members(STC, since=ENDED)),
    Case("tasks_of_groups", ("task",), ((SPREAD,),), members(STC, whole=False, bare=True)),
    Case("tasks_of_groups", ("task",), (), members(STC, whole=False, criteria=[C17])),
    Case("tasks_of_groups", ("task",), (), members(STC) | {"province": "Lạng Sơn"}),
    Case("reports_to_agencies", ("task",), ((REVIEW,),), listed(ids=["a.van-phong-dieu-phoi@lao-cai"])),
    Case(
        "count_reports_to_agencies", ("issued", "total"), ((ISSUED, 1),), counted(ids=["a.van-phong-dieu-phoi@lao-cai"])
    ),
    Case("count_reports_to_agencies", ("total",), (), counted(ids=[STC])),
    Case(
        "leads_of_criteria",
        ("agency", "document", "from", "to"),
        ((STC, A, ISSUED, date(2020, 12, 31)), (SCT, B, None, None)),
        {"ids": [C17]},
    ),
    Case("leads_of_agencies", ("criterion", "document"), ((C17, A),), {"ids": [STC]}),
    Case(
        "leads_of_documents",
        ("agency", "criterion", "document"),
        ((STC, C17, A),),
        {"ids": [A]},
    ),
    Case(
        "leads_by_documents",
        ("agency", "criterion", "quote"),
        ((STC, C17, "tiêu chí 17 | Sở Tài chính | Sở Công Thương"),),
        {"pairs": [{"document": A, "criteria": [C17]}]},
    ),
    Case("leads_by_documents", ("fact",), (), {"pairs": [{"document": A, "criteria": ["VN-XA-2016:1"]}]}),
    Case("leads_by_criteria", ("agency", "document"), ((STC, A),), {"ids": [C17], "facts": [ASSIGNED]}),
    Case("coordinates_by_criteria", ("agency", "document"), ((SCT, A),), {"ids": [C17], "facts": [ASSIGNED]}),
    Case("coordinates_by_documents", ("agency",), ((SCT,),), {"pairs": [{"document": A, "criteria": [C17]}]}),
    Case("coordinates_of_criteria", ("agency", "document"), ((SCT, A),), {"ids": [C17]}),
    Case("coordinates_of_agencies", ("criterion",), ((C17,),), {"ids": [SCT]}),
    Case("coordinates_of_documents", ("agency", "fact"), ((None, None),), {"ids": [B]}),
    Case(
        "helps_of_places",
        ("agency", "person", "quote"),
        ((STC, "Trần Thị B", "Sở Tài chính (Trần Thị B) giúp đỡ xã Phú Nhuận"),),
        {"ids": [PLACE]},
    ),
    Case(
        "results_of_places",
        ("place", "document", "results", "met"),
        ((PLACE, A, 1, 1), (OTHER_PLACE, None, 0, 0)),
        {"ids": [PLACE, OTHER_PLACE]},
    ),
    Case(
        "results_until",
        ("place", "document", "criterion", "measure", "value", "of", "met", "as_of"),
        ((PLACE, A, C17, "đạt", None, None, True, IN_2018),),
        {"ids": [PLACE, OTHER_PLACE], "day": date(2020, 12, 30)},
        also=(reported,),
    ),
    Case("results_until", ("result",), (), {"ids": [PLACE], "day": date(2018, 12, 30)}),
    Case(
        "results",
        ("result", "place", "criterion", "set", "number", "document", "quote", "basis"),
        ((f"{A}/result-0", PLACE, C17, "VN-XA-2016", "17", A, MET, "stated"),),
        {"ids": [f"{A}/result-0", "x"]},
    ),
    Case(
        "marks_until",
        ("place", "criterion", "number", "met_on", "unmet_on"),
        ((PLACE, C17, "17", IN_2018, IN_2020),),
        {"ids": [PLACE, OTHER_PLACE], "day": date.max, "first": date.min},
        also=(reported,),
    ),
    Case(
        "marks_until",
        ("met_on", "unmet_on"),
        ((IN_2018, None),),
        {"ids": [PLACE], "day": IN_2018, "first": date.min},
        also=(reported,),
    ),
    Case(
        "figures_until",
        ("place", "result", "measure", "value", "of", "unit", "as_of"),
        ((PLACE, f"{REPORTED}/result-0", "số tiêu chí đạt", 18.0, 19.0, "tiêu chí", IN_2020),),
        {"ids": [PLACE, OTHER_PLACE], "day": date.max},
        also=(reported,),
    ),
    Case("figures_until", ("result",), (), {"ids": [PLACE], "day": IN_2018}, also=(reported,)),
    Case(
        "targets_of_places",
        ("place", "value", "of", "unit", "by", "criterion", "document"),
        ((LAO_CAI[1], 94.0, 127.0, "xã", date(2025, 12, 31), None, REPORTED),),
        {"ids": [LAO_CAI[1], PLACE], "day": date(2022, 1, 1)},
        also=(reported,),
    ),
    Case("targets_of_places", ("target",), (), {"ids": [LAO_CAI[1]], "day": IN_2020}, also=(reported,)),
    Case("helps_of_agencies", ("place", "place_name"), ((PLACE, "xã Phú Nhuận"),), {"ids": [STC]}),
    Case("helps_of_documents", ("fact",), ((None,),), {"ids": [B]}),
    Case(
        "successors_of_places",
        ("place", "depth", "old", "new", "new_name", "stands", "extent", "resolution", "clause"),
        (
            (PLACE, 1, PLACE, OTHER_PLACE, "xã Tằng Loỏng", True, "whole", "1673/NQ-UBTVQH15", "44"),
            (OTHER_PLACE, None, None, None, None, True, None, None, None),
        ),
        {"ids": [PLACE, OTHER_PLACE, "x"]},
    ),
    Case(
        "successors_of_agencies",
        ("agency", "depth", "old", "new", "date", "status"),
        (
            ("h.pnn", 1, "h.pnn", "h.pnnmt", date(2025, 3, 1), "believed"),
            ("h.pnn", 1, "h.pnn", "x.pkt", date(2025, 7, 1), "believed"),
            ("h.pnn", 2, "h.pnnmt", "x.pkt", date(2025, 7, 1), "believed"),
            ("t.skhdt", 1, "t.skhdt", "t.stc", date(2025, 3, 1), "verified"),
            ("t.stc", None, None, None, None, None),
        ),
        {"ids": ["t.stc", "t.skhdt", "h.pnn"]},
        ordered=True,
    ),
    Case(
        "results_of_lineage",
        ("asked", "depth", "place", "into", "extent", "resolution", "clause", "criterion", "met", "as_of", "quote"),
        (
            (PLACE, 0, PLACE, None, None, None, None, C17, True, date(2018, 12, 31), MET),
            (OTHER_PLACE, 1, PLACE, OTHER_PLACE, "whole", "1673/NQ-UBTVQH15", "44", C17, True, date(2018, 12, 31), MET),
        ),
        {"ids": [PLACE, OTHER_PLACE]},
    ),
    Case("results_of_lineage", ("asked",), (), {"ids": ["p.02908"]}),  # of the other part of that commune
    Case(
        "issues",
        ("code", "message", "document", "quote"),
        (("agency_ambiguous", "Không rõ “Sở Quy hoạch”", A, "UBND"),),
        ALL_ISSUES | {"offset": 0, "limit": 9},
    ),
    Case("issues", ("code",), (), ALL_ISSUES | {"code": "duty_unread", "offset": 0, "limit": 9}),
    Case("issues", ("code",), (), ALL_ISSUES | {"province": "Lạng Sơn", "offset": 0, "limit": 9}),
    Case("issues", ("issue",), ((DOUBTED,),), ALL_ISSUES | {"document": A, "offset": 0, "limit": 9}),
    Case("issues", ("issue",), (), ALL_ISSUES | {"document": B, "offset": 0, "limit": 9}),
    Case("issues", ("issue",), (), ALL_ISSUES | {"seen": ["", DOUBTED], "offset": 0, "limit": 9}),
    Case("count_issues", ("code", "total"), (("agency_ambiguous", 1),), ALL_ISSUES),
    Case("count_issues", ("code", "total"), (), ALL_ISSUES | {"seen": ["", DOUBTED]}),
    Case("count_issues", ("code", "total"), (), ALL_ISSUES | {"province": "Lạng Sơn"}),
    Case(
        "leads_of_province",
        ("fact", "criterion", "agency", "since", "until", "document", "issued", "ended", "doubted"),
        (
            (ASSIGNED, C17, STC, ISSUED, date(2020, 12, 31), A, ISSUED, ENDED, False),
            (REASSIGNED, C17, SCT, None, None, B, ENDED, None, False),
        ),
        {"province": "Lào Cai"},
    ),
    Case("leads_of_province", ("fact",), (), {"province": "Lạng Sơn"}),
    Case("leads_of_province", ("fact",), (), {"province": ""}),
    Case(
        "coordinates_of_province",
        ("fact", "criterion", "agency", "since", "until", "document", "issued", "ended", "quote"),
        ((ASSIGNED, C17, SCT, ISSUED, date(2020, 12, 31), A, ISSUED, ENDED, ASSIGNMENT),),
        {"province": "Lào Cai"},
    ),
    Case("coordinates_of_province", ("fact",), (), {"province": "Lạng Sơn"}),
    Case("provinces_of_leads", ("province",), (("Lào Cai",),), {}),
    Case(
        "supporters_on_criteria",
        ("task", "document", "criterion", "name", "role", "basis"),
        ((REVIEW, A, C17, "Thanh tra tỉnh", "supervise", "stated"),),
        {"ids": [A, B, "x"]},
    ),
    Case("amendments_of_documents", ("id", "by"), ((A, B), (B, None)), {"ids": [A, B, "x"]}),
    Case(
        "duties_since",
        ("document", "issued", "agency", "kind", "tasks"),
        ((B, ENDED, SCT, "department", 1),),
        {"since": ENDED, "province": "Lào Cai"},
    ),
    Case("duties_since", ("agency", "tasks"), ((STC_LANG_SON, 1),), {"since": ENDED, "province": "Lạng Sơn"}),
    Case("duties_since", ("agency",), (), {"since": date(2019, 8, 8), "province": "Lạng Sơn"}),
    Case(
        "duties_by_documents",
        ("agency", "task", "document"),
        ((STC, REVIEW, A), (SCT, REVIEW, A), (SCT, REPORT, A)),
        {"pairs": [{"document": A, "agencies": [STC, SCT]}, {"document": B, "agencies": [STC]}]},
    ),
    Case(
        "tasks_due_before_documents",
        ("task", "text", "date", "issued", "document"),
        ((overdue().tasks[0].id, "trong tháng 02/2021", date(2021, 2, 28), date(2021, 3, 15), OVERDUE),),
        UNSEEN | {"offset": 0, "limit": 9},
        also=(overdue,),
    ),
    Case("tasks_due_before_documents", ("task",), (), UNSEEN | {"offset": 0, "limit": 9}),
    Case("count_tasks_due_before_documents", ("total",), ((1,),), UNSEEN | {"province": "Lạng Sơn"}, also=(overdue,)),
    Case("count_tasks_due_before_documents", ("total",), ((0,),), UNSEEN | {"province": "Lào Cai"}, also=(overdue,)),
    Case("count_tasks_due_before_documents", ("total",), ((0,),), UNSEEN | {"document": A}, also=(overdue,)),
    Case("count_tasks_due_before_documents", ("total",), ((0,),), UNSEEN | {"seen": [LATE]}, also=(overdue,)),
    Case(
        "tasks_due_before_documents",
        ("task",),
        ((LATE,),),
        UNSEEN | {"document": OVERDUE, "offset": 0, "limit": 9},
        also=(overdue,),
    ),
    Case(
        "tasks_due_before_documents", ("task",), (), UNSEEN | {"seen": [LATE], "offset": 0, "limit": 9}, also=(overdue,)
    ),
    Case(
        "dated_tasks_on_criteria",
        ("task", "what", "agency", "criterion", "date", "document"),
        ((FUND, "bố trí vốn", STC_LANG_SON, C17, date(2019, 12, 31), C),),
        {"province": "Lạng Sơn"},
    ),
    Case("dated_tasks_on_criteria", ("task",), (), {"province": "Lào Cai"}),  # its document has ended
    Case(
        "missing_documents",
        ("id", "number", "documents", "newest"),
        ((NATIONAL, "1980/QĐ-TTg", 2, date(2019, 8, 7)), (UNKNOWN, "7/NQ-TU", 1, ISSUED)),
        UNSEEN | {"offset": 0, "limit": 9},
        ordered=True,
    ),
    Case("missing_documents", ("id",), ((NATIONAL,),), UNSEEN | {"province": "Lạng Sơn", "offset": 0, "limit": 9}),
    Case("missing_documents", ("id", "documents"), ((NATIONAL, 2),), UNSEEN | {"document": C, "offset": 0, "limit": 9}),
    Case("missing_documents", ("id",), ((UNKNOWN,),), UNSEEN | {"seen": ["", NATIONAL], "offset": 0, "limit": 9}),
    Case("count_missing_documents", ("total",), ((2,),), UNSEEN),
    Case("count_missing_documents", ("total",), ((1,),), UNSEEN | {"seen": ["", NATIONAL]}),
    Case("count_missing_documents", ("total",), ((1,),), UNSEEN | {"document": C}),
    Case("count_missing_documents", ("total",), ((1,),), UNSEEN | {"province": "Lạng Sơn"}),
    Case(
        "newest_citations",
        ("cited", "relation", "document", "quote"),
        ((NATIONAL, "căn cứ", C, "Quyết định số 1980/QĐ-TTg"),),
        {"cited": [{"id": NATIONAL, "newest": date(2019, 8, 7)}], "province": "", "undated": date.min},
    ),
)
