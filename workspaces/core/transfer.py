"""What an HTTP answer means for a file of known size, a part of which is there already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_RANGE = re.compile(r"bytes (\d+)-\d*/(\d+|\*)")

LONGEST_WAIT = 60.0
"""Seconds that a server may make us wait before another mirror is asked instead."""


class Trouble(StrEnum):
    """Why a mirror did not give the file."""

    UNREACHABLE = "unreachable"
    """No connection, or it broke."""
    SLOW = "slow"
    BUSY = "busy"
    """It says that it has too much to do (429, 5xx)."""
    ABSENT = "absent"
    """It has no such file (404, 410)."""
    FORBIDDEN = "forbidden"
    """It wants an account (401, 403), or has any other refusal."""
    ANOTHER = "another"
    """What it sends is not the file: another size, a web page, or other content."""
    ELSEWHERE = "elsewhere"
    """It sends us to a host that is not known to belong to it."""


@dataclass(frozen=True, slots=True)
class Proceed:
    """Read the body, but for its first ``skip`` bytes, which are there."""

    skip: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Ask again after ``seconds``, or when it suits (None)."""

    seconds: float | None


@dataclass(frozen=True, slots=True)
class Refuse:
    """Nothing will come of this mirror; ``detail`` is for the log."""

    trouble: Trouble
    detail: str


Verdict = Proceed | Wait | Refuse


def judge(status: int, headers: Mapping[str, str], have: int, size: int) -> Verdict:
    """What to do with an answer to the question for a file of ``size`` bytes from byte ``have``
    on. The names of ``headers`` are in lower case."""
    if status in (200, 206) and (strange := _strange(headers)):
        return Refuse(Trouble.ANOTHER, strange)
    if status == 206 or (status == 200 and "content-range" in headers):  # as ModelScope does
        return _of_range(headers.get("content-range", ""), have, size)
    if status == 200:
        length = headers.get("content-length")
        if length is not None and length != str(size):
            return Refuse(Trouble.ANOTHER, f"{length} bytes instead of {size}")
        return Proceed(have)  # it does not know of ranges: the beginning comes once more
    if status in (408, 425, 429) or status >= 500:
        return _wait(headers.get("retry-after", ""))
    if status in (404, 410):
        return Refuse(Trouble.ABSENT, f"status {status}")
    if status == 416:
        return Refuse(Trouble.ANOTHER, f"no byte {have}")
    return Refuse(Trouble.FORBIDDEN, f"status {status}")


def _strange(headers: Mapping[str, str]) -> str:
    """Why what is announced cannot be a file as it lies on the server; empty where it can."""
    if headers.get("content-encoding", "identity") != "identity":
        return f"encoded as {headers['content-encoding']}"
    if headers.get("content-type", "").startswith("text/html"):
        return "a web page"
    return ""


def _of_range(announced: str, have: int, size: int) -> Verdict:
    found = _RANGE.fullmatch(announced.strip())
    if found is None:
        return Refuse(Trouble.ANOTHER, f"range {announced!r}")
    first, total = int(found[1]), found[2]
    if first > have or total not in ("*", str(size)):
        return Refuse(Trouble.ANOTHER, f"range {announced!r} instead of {have} of {size}")
    return Proceed(have - first)


def _wait(announced: str) -> Verdict:
    """A date instead of seconds is taken for no announcement."""
    if not announced.strip().isdecimal():
        return Wait(None)
    seconds = float(announced)
    return Wait(seconds) if seconds <= LONGEST_WAIT else Refuse(Trouble.BUSY, f"{seconds:.0f} s")
