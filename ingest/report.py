"""What `ntmgraph parse --json` prints: a reading under the names of design section 6, a public interface."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date

from ntmgraph.model import SCHEMA, Reading

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def to_json(reading: Reading) -> dict[str, Json]:
    """Return the object to print; dates as YYYY-MM-DD, absent values null, lists never absent."""
    printed: dict[str, Json] = {"schema": SCHEMA}
    for field in fields(reading):
        printed[field.name] = json_value(getattr(reading, field.name))
    return printed


def json_value(value: object) -> Json:
    """Return a value of a reading as it is printed."""
    if is_dataclass(value) and not isinstance(value, type):
        # A field that Python keeps for itself ends with "_": `with_` is printed as "with".
        return {field.name.rstrip("_"): json_value(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [json_value(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return str(value) if isinstance(value, str) else value
    raise TypeError(f"{type(value).__name__}: not a value that a reading holds")
