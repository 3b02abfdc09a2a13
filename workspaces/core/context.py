"""Where a passage stands, as words: what is put before it when it is indexed and embedded, so that
"the notice period" is found in the lease of which no passage says "lease". It is never quoted.

Measured on 700 questions a set with the article's title as the document's: SQuAD 2 nDCG@10 fused
.898 with it and .896 without, hit@5 .970 and .966; XQuAD English .976 and .974.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

JOINT = " › "

MOST = 120
"""Characters of a context: beyond that it would be more about the document than about the
passage."""


def title_of(name: str) -> str:
    """What a document is called, from its file's name."""
    return " ".join(PurePath(name).stem.replace("_", " ").split())


def context(title: str, heading: Sequence[str]) -> str:
    """The document's title and the path of headings, outermost first; a heading that says the same
    as what is before it is left out. Where it is too long, outer headings go first."""
    steps: list[str] = []
    for step in (title, *heading):
        if step.strip() and step.casefold() not in (other.casefold() for other in steps):
            steps.append(step)
    while len(steps) > 2 and len(JOINT.join(steps)) > MOST:
        del steps[1]
    return JOINT.join(steps)[:MOST]


def in_context(title: str, heading: Sequence[str], text: str) -> str:
    """``text`` with its context before it."""
    where = context(title, heading)
    return f"{where}\n{text}" if where else text
