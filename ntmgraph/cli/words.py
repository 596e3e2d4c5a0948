"""Click's own sentences in Vietnamese: the one place where they are replaced."""

from __future__ import annotations

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

WORDS = {
    # help
    "Usage:": "Cách dùng:",
    "Options": "Tùy chọn",
    "Commands": "Lệnh",
    "Positional arguments": "Tham số",
    "Show this message and exit.": "Xem hướng dẫn này.",
    "env var: {var}": "biến môi trường: {var}",
    "default: {default}": "mặc định: {default}",
    "required": "bắt buộc",
    # errors
    "Error: {message}": "Lỗi: {message}",
    "Try '{command} {option}' for help.": "Xem hướng dẫn bằng lệnh: {command} {option}",
    "Aborted!": "Đã dừng.",
    "Missing command.": "Thiếu tên lệnh.",
    "No such command {name!r}.": "Không có lệnh {name!r}.",
    "No such option {name!r}.": "Không có tùy chọn {name!r}.",
    "Did you mean {possibility}?": "Có phải ý là {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Có phải ý là một trong: {possibilities}?)",
    "Option {name!r} requires an argument.": "Tùy chọn {name!r} cần một giá trị theo sau.",
    "Option {name!r} requires {nargs} arguments.": "Tùy chọn {name!r} cần {nargs} giá trị theo sau.",
    "Option {name!r} does not take a value.": "Tùy chọn {name!r} không nhận giá trị.",
    "Got unexpected extra argument ({args})": "Thừa tham số ({args}).",
    "Got unexpected extra arguments ({args})": "Thừa các tham số ({args}).",
    "Missing argument": "Thiếu tham số",
    "Missing option": "Thiếu tùy chọn",
    "Missing parameter": "Thiếu tham số",
    "Missing {param_type}": "Thiếu {param_type}",
    "Missing parameter: {param_name}": "Thiếu tham số: {param_name}",
    "Choose from:\n\t{choices}": "Chọn một trong:\n\t{choices}",
    "Argument {name!r} takes {nargs} values.": "Tham số {name!r} cần {nargs} giá trị.",
    "Invalid value: {message}": "Giá trị không hợp lệ: {message}",
    "Invalid value for {param_hint}: {message}": "Giá trị không hợp lệ của {param_hint}: {message}",
    "{value!r} is not a valid {number_type}.": "{value!r} không phải là số nguyên.",
    "{value} is not in the range {range}.": "{value} nằm ngoài khoảng {range}.",
    "{value!r} is not {choice}.": "{value!r} không phải là {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} không phải là một trong {choices}.",
    "{name} {filename!r} is a file.": "{filename!r} là một tệp, ở đây cần thư mục.",
    "{name} {filename!r} is a directory.": "{filename!r} là một thư mục, ở đây cần tệp.",
    "{name} {filename!r} does not exist.": "Không tìm thấy {filename!r}.",
}


def _word(message: str) -> str:
    return WORDS.get(message, message)


def _counted(one: str, many: str, count: int) -> str:
    return _word(one if count == 1 else many)


def speak_vietnamese() -> None:
    """Make click's help and errors Vietnamese in this process.

    Click asks gettext under these names; gettext itself would follow the language of the machine, and the language
    of this program is Vietnamese wherever it runs.
    """
    for module in (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types):
        for name, translate in (("_", _word), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, translate)
