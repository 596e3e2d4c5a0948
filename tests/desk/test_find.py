"""The field of the top bar: suggestions by kind, each leading where its kind is shown, the words at last."""

from records import DECISION, ONE, ROAD
from trees import letters_of, links, tagged

from dash_app.address import parse
from dash_app.components import grouped_choices
from dash_app.find import Found, field, groups
from dash_app.words import words_of
from ntmgraph.queries import Named

SAY = words_of("vi")
COMMUNE = Named("p.1", "xã Mẫu", "commune", "huyện Mẫu, Mẫu")
SCOPE = "province=M%E1%BA%ABu&on=2020-01-01"
HERE = parse("/nhiem-vu", f"?state=open_late&{SCOPE}")


def test_each_kind_leads_to_its_page_with_province_and_day() -> None:
    shown = grouped_choices(SAY, groups(SAY, HERE, "mẫu", Found((ONE,), (COMMUNE,), (ROAD,), (DECISION,))))
    assert [letters_of(group.children[0]) for group in shown] == [
        "Cơ quan", "Địa bàn", "Tiêu chí", "Văn bản", "Trong lời văn",
    ]  # fmt: skip
    assert links(shown) == [
        f"/truy-vet?agency={ONE.id}&{SCOPE}",
        f"/truy-vet?place=p.1&{SCOPE}",
        f"/truy-vet?criterion={ROAD.id}&{SCOPE}",
        f"/van-ban/{DECISION.id}",
        "/tim-kiem?q=m%E1%BA%ABu&province=M%E1%BA%ABu",
    ]
    assert all(option.role == "option" for option in tagged(shown, "A"))


def test_a_kind_without_names_is_left_out_and_words_stay_text() -> None:
    shown = grouped_choices(SAY, groups(SAY, HERE, "<b>x</b>", Found()))
    assert letters_of(shown) == "Trong lời vănTìm “<b>x</b>” trong mọi văn bảnEnter"


def test_the_field_holds_the_words_of_the_search_page_alone() -> None:
    def value(path: str) -> str:
        (entry,) = tagged(field(SAY, parse(path, "?q=nước")), "Input")
        return str(entry.value)

    assert (value("/tim-kiem"), value("/van-ban")) == ("nước", "")
