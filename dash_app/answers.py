"""What a route answers when it is not a page: a sentence for the reader, which the page's script shows as it is."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response


def sentence(text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(text, status, content_type="text/plain; charset=utf-8")
