"""Makes texts alike that a person takes for the same: 檢索 and 检索, ＧＧＵＦ and gguf."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """``text`` as it is indexed and asked for, never as it is shown: full and half width and other
    compatible forms as one (NFKC), in lower case, traditional characters as simplified ones."""
    alike = unicodedata.normalize("NFKC", text).casefold()
    return _simplifier().convert(alike) if _HAN.search(alike) else alike


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
