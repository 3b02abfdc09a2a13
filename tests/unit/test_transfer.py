"""What an answer means for a file of which a part is there."""

from __future__ import annotations

import pytest

from workspaces.core.transfer import Proceed, Refuse, Trouble, Wait, judge


@pytest.mark.parametrize(
    ("status", "headers", "have", "verdict"),
    [
        (200, {"content-length": "100"}, 0, Proceed(0)),
        (200, {}, 0, Proceed(0)),
        (200, {"content-length": "100"}, 40, Proceed(40)),
        (206, {"content-range": "bytes 40-99/100"}, 40, Proceed(0)),
        (206, {"content-range": "bytes 30-99/100"}, 40, Proceed(10)),
        (206, {"content-range": "bytes 40-99/*"}, 40, Proceed(0)),
        (200, {"content-range": "bytes 40-99/100", "content-length": "60"}, 40, Proceed(0)),
        (429, {"retry-after": "7"}, 0, Wait(7)),
        (429, {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, 0, Wait(None)),
        (503, {}, 0, Wait(None)),
    ],
)
def test_what_is_gone_on_with(
    status: int, headers: dict[str, str], have: int, verdict: object
) -> None:
    assert judge(status, headers, have, 100) == verdict


@pytest.mark.parametrize(
    ("status", "headers", "trouble"),
    [
        (200, {"content-length": "99"}, Trouble.ANOTHER),
        (200, {"content-type": "text/html; charset=utf-8"}, Trouble.ANOTHER),
        (200, {"content-encoding": "gzip"}, Trouble.ANOTHER),
        (206, {"content-range": "bytes 41-99/100"}, Trouble.ANOTHER),
        (206, {"content-range": "bytes 40-98/99"}, Trouble.ANOTHER),
        (206, {"content-range": "40-99"}, Trouble.ANOTHER),
        (206, {}, Trouble.ANOTHER),
        (416, {}, Trouble.ANOTHER),
        (404, {}, Trouble.ABSENT),
        (401, {}, Trouble.FORBIDDEN),
        (304, {}, Trouble.FORBIDDEN),
        (429, {"retry-after": "3600"}, Trouble.BUSY),
    ],
)
def test_what_is_refused(status: int, headers: dict[str, str], trouble: Trouble) -> None:
    verdict = judge(status, headers, 40, 100)
    assert isinstance(verdict, Refuse)
    assert verdict.trouble is trouble
