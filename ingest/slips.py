"""Letters that character recognition puts for digits in dates: "ngày l2/4/2O11"."""

from __future__ import annotations

import re

_DATE = re.compile(
    r"(?<=ngày )(?=[lIOo]?\d|\d[lIOo]|[lI]\s?/)[\dlIOo]{1,2}(?:\s?[/.-]\s?|\s+tháng\s+)[\dlIOo]{1,2}"
    r"(?:(?:\s?[/.-]\s?|\s+năm\s+)[\dlIOo]{4})?(?![\w/])"
)
_DIGITS = str.maketrans("lIOo", "1100")


def with_digits(flat: str) -> str:
    """Return the text with digits in its dates, of the same length; other words stay as they are."""
    if not re.search(r"ngày \d?[lIOo]|[/.]\s?\d?[lIOo][/\d]", flat):
        return flat

    def corrected(match: re.Match[str]) -> str:
        # Only the figures: "tháng" and "năm" hold no letter that stands for a digit.
        return match.group().translate(_DIGITS)

    return _DATE.sub(corrected, flat)
