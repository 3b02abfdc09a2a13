"""The moment and the names of new things."""

from __future__ import annotations

import uuid
from datetime import datetime


def now() -> str:
    """ISO 8601 with the local zone, to the millisecond."""
    return datetime.now().astimezone().isoformat(timespec="milliseconds")


def new_id() -> str:
    """32 hexadecimal digits, never given twice."""
    return uuid.uuid4().hex
