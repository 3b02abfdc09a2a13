"""What the test questions of a workspace say about search, for the command line."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from workspaces.services.views import Comparison

Result = dict[str, Any]


def comparison(compared: Comparison) -> Result:
    """The figures before and after, as a JSON document has them."""
    return {
        "before": dataclasses.asdict(compared.before),
        "after": dataclasses.asdict(compared.after),
        "better": compared.better,
        "worse": compared.worse,
    }


def figures_line(figures: Mapping[str, Any]) -> str:
    """Recall, reciprocal rank and the number of questions, in one line."""
    recall, rank = f"{figures['recall_at_k']:.3f}", f"{figures['mrr']:.3f}"
    return f"recall@{figures['k']} {recall}\tMRR {rank}\t{figures['questions']} questions"


def comparison_lines(compared: Mapping[str, Any] | None) -> list[str]:
    """Before and after, and how many questions changed; nothing where nothing was compared."""
    if compared is None:
        return []
    return [
        f"before\t{figures_line(compared['before'])}",
        f"after\t{figures_line(compared['after'])}",
        f"{compared['better']} better, {compared['worse']} worse",
    ]


def question_lines(result: Mapping[str, Any]) -> list[str]:
    """A line a question; once they are measured, with where its first right passage is found, and
    the figures below."""
    figures = result["figures"]
    if figures is None:
        return [f"{each['id']}\t{each['question']}" for each in result["golden"]]
    lines = [f"{_rank(each['id'], figures)}\t{each['question']}" for each in result["golden"]]
    return [*lines, figures_line(figures)]


def _rank(question: str, figures: Mapping[str, Any]) -> str:
    if question in figures["lost"]:
        return "gone"
    return str(figures["ranks"].get(question) or "-")
