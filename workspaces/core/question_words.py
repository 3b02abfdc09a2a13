"""The words that a question is asked with, in English and Chinese: they say nothing about what it
is about. In a small workspace none of them need occur, and they would look rare."""

from __future__ import annotations

import re

_ENGLISH = re.compile(
    r"(?<!\w)(?:a|an|and|are|as|at|be|been|by|can|could|did|do|does|for|from|had|has|have|he|how|i"
    r"|if|in|into|is|it|its|many|may|me|much|my|of|on|or|our|please|she|should|tell|than|that|the"
    r"|their|them|there|these|they|this|those|to|us|was|we|were|what|when|where|which|who|whom"
    r"|whose|why|will|with|would|you|your)(?!\w)"
)
_CHINESE = re.compile(
    "为什么|什么时候|什么|怎么样|怎么|怎样|如何|多少|多久|多长|多大|多高|是否|请问"
    "|哪些|哪个|哪里|哪儿|哪年|哪|谁|几|吗|呢|的|了|是"
)


def without_question_words(folded: str) -> str:
    """A question that was folded, with spaces where such words stood."""
    return _CHINESE.sub(" ", _ENGLISH.sub(" ", folded))
