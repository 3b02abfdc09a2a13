"""Test questions and their figures, in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from workspaces.services.views import Comparison, GoldenFigures, GoldenView

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class GoldenRow:
    """A test question as a list shows it: ``badge`` is the rank of its first right passage."""

    question: GoldenView
    badge: str
    words: str


def row_of(question: GoldenView, figures: GoldenFigures | None) -> GoldenRow:
    """What is known of ``question``; its rank, once that is measured."""
    documents = translate("Golden", ", ").join(question.documents)
    if figures is None or not (question.id in figures.lost or question.id in figures.ranks):
        return GoldenRow(question, "…", documents)
    if question.id in figures.lost:
        gone = translate("Golden", "its answer no longer stands in {documents}")
        return GoldenRow(question, "?", gone.format(documents=documents))
    rank, count = figures.ranks[question.id], figures.k
    if rank is None:
        missed = translate("Golden", "not among the first %n passage(s) · {documents}", "", count)
        return GoldenRow(question, "–", missed.format(documents=documents))
    number = QLocale().toString(rank)
    found = translate("Golden", "found in place {rank} · {documents}")
    return GoldenRow(question, number, found.format(rank=number, documents=documents))


def figures_words(figures: GoldenFigures) -> str:
    """Recall and reciprocal rank, and what they are about."""
    count = figures.questions
    words = translate("Golden", "%n test question(s): recall@{k} {recall}, MRR {mrr}", "", count)
    return words.format(k=figures.k, recall=recall_words(figures), mrr=mrr_words(figures))


def recall_words(figures: GoldenFigures) -> str:
    """As a percentage."""
    return translate("Golden", "{number}%").format(
        number=QLocale().toString(100 * figures.recall_at_k, "f", 0)
    )


def mrr_words(figures: GoldenFigures) -> str:
    return QLocale().toString(figures.mrr, "f", 2)


def moved_words(comparison: Comparison) -> str:
    """How many questions find their answer earlier, and how many later."""
    count = comparison.better
    better = translate("Golden", "%n question(s) better", "", count)
    count = comparison.worse
    worse = translate("Golden", "%n worse", "", count)
    return translate("Golden", "{better}, {worse}").format(better=better, worse=worse)


def comparison_words(comparison: Comparison) -> str:
    """Before and after in one line."""
    words = translate(
        "Golden", "recall@{k} {recall} → {recall_then}, MRR {mrr} → {mrr_then}; {moved}"
    )
    before, after = comparison.before, comparison.after
    return words.format(
        k=after.k,
        recall=recall_words(before),
        recall_then=recall_words(after),
        mrr=mrr_words(before),
        mrr_then=mrr_words(after),
        moved=moved_words(comparison),
    )
