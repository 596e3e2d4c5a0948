"""Every list as a file: `/xuat/<list>.<format>` takes the query of the page that shows it, and gives all its rows.

`EXPORTS` is the list, in sight: the name in the address, which is that of the page, and what it asks.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from dash import Dash
from flask import Response, jsonify, request, send_file

from dash_app.address import Address, parse
from dash_app.answers import sentence
from dash_app.chores import StoppedError
from dash_app.page import Desk
from dash_app.pages.deadlines import data as deadlines
from dash_app.pages.matrix import data as matrix
from dash_app.pages.progress import data as progress
from dash_app.pages.search import data as search
from dash_app.pages.trace import data as trace
from dash_app.shell import desk_for
from dash_app.troubles import why
from ntmgraph import preferences
from ntmgraph.export import files
from ntmgraph.export.files import File, Format
from ntmgraph.export.lists import DocumentQuestion
from ntmgraph.export.paper import Office
from ntmgraph.model import IssueCode
from ntmgraph.queries import ReviewQuestion

if TYPE_CHECKING:
    from ntmgraph.workspace import Workspace

log = logging.getLogger(__name__)

_KEY = "X-Export"  # by which a page asks how far its file is
TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _office() -> Office:
    """Who sends papers: the office that is named in the settings of this machine."""
    return Office(name=preferences.load().office)


def _tasks(desk: Desk, address: Address) -> File:
    question = deadlines.question_of(address, desk.today)
    if deadlines.is_calendar(address):
        question = deadlines.in_month(question, deadlines.month_of(address, desk.today))
    return files.tasks(desk.workspace, question, _office())


def _reminder(desk: Desk, address: Address) -> File:
    return files.reminder(desk.workspace, deadlines.question_of(address, desk.today), _office())


def _trace(desk: Desk, address: Address) -> File | None:
    question = trace.question_of(address)
    return files.trace(desk.workspace, question) if question else None


def _matrix(desk: Desk, address: Address) -> File:
    return files.matrix(desk.workspace, matrix.question_of(address), _office(), state=matrix.state_of(address))


def _progress(desk: Desk, address: Address) -> File | None:
    question = progress.exported(desk, address)
    return files.progress(desk.workspace, question) if question else None


def _search(desk: Desk, address: Address) -> File | None:
    question = search.question_of(address)
    return files.search(desk.workspace, question) if question else None


def _documents(desk: Desk, address: Address) -> File:
    question = DocumentQuestion(
        address.get("q") or "",
        address.number("year") or None,
        address.get("type"),
        address.get("issuer"),
        address.get("province"),
    )
    return files.documents(desk.workspace, question)


def _review(desk: Desk, address: Address) -> File:
    code = address.get("code")
    known = IssueCode(code) if code in tuple(IssueCode) else None
    question = ReviewQuestion(address.get("province"), known, address.get("document"))
    return files.review(desk.workspace, question)


# None: the address asks nothing.
EXPORTS: dict[str, Callable[[Desk, Address], File | None]] = {
    "nhiem-vu": _tasks,
    "don-doc": _reminder,
    "truy-vet": _trace,
    "phan-cong": _matrix,
    "tien-do": _progress,
    "tim-kiem": _search,
    "van-ban": _documents,
    "ra-soat": _review,
}


def wire(app: Dash, workspace: Workspace) -> None:
    making: dict[str, tuple[int, int]] = {}  # lines written and lines in all, of the files that are being made
    stopped: set[str] = set()

    @app.server.get("/xuat/dang-tao/<key>")
    def progress(key: str) -> Response:
        """How far a file is, for the page that waits for it (`assets/exporting.js`)."""
        done, total = making.get(key, (0, 0))
        return jsonify(done=done, total=total)

    @app.server.post("/xuat/dang-tao/<key>")
    def stop(key: str) -> Response:
        """The page does not wait any more."""
        if key in making:
            stopped.add(key)
        return Response(status=HTTPStatus.NO_CONTENT)

    def told(key: str, done: int, total: int) -> None:
        making[key] = done, total
        if key in stopped:
            raise StoppedError

    @app.server.get("/xuat/<name>.<end>")
    def export(name: str, end: str) -> Response:
        """The file, as a download; what went wrong is a sentence."""
        desk = desk_for(workspace)
        address, key = parse(f"/{name}", request.query_string.decode()), request.headers.get(_KEY, "")
        file = EXPORTS[name](desk, address) if name in EXPORTS else None
        format = file.format(end) if file else None
        if file is None or format is None:
            return sentence(desk.say("export.nothing"), HTTPStatus.NOT_FOUND)
        making[key] = 0, 0
        try:
            target = TemporaryFile()  # noqa: SIM115 - the answer closes it, when it is sent
            file.formats[format](target, partial(told, key))
        except StoppedError:
            return sentence(desk.say("export.stopped"), HTTPStatus.GONE)
        except Exception as error:
            log.exception("export of %s failed", address)
            return sentence(why(desk.say, error) or desk.say("export.failed"), HTTPStatus.INTERNAL_SERVER_ERROR)
        finally:
            making.pop(key, None)
            stopped.discard(key)
        target.seek(0)
        return send_file(target, TYPES[format], as_attachment=True, download_name=f"{file.name}.{end}", etag=False)
