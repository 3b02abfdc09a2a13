"""How far a change of the embedding model is, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from workspaces.services.views import EmbedderView

translate = QCoreApplication.translate


def change_words(embedder: EmbedderView) -> str:
    """How far it is, and that nothing stands still meanwhile."""
    if embedder.waits:
        waits = translate(
            "Embedder", "All passages are embedded with {next}; it waits for your word."
        )
        return waits.format(next=embedder.next)
    count = embedder.total
    words = translate(
        "Embedder",
        "Embedding with {next}: {done} of %Ln passage(s). Search goes on with the old model.",
        "",
        count,
    )
    return words.format(next=embedder.next, done=QLocale().toString(embedder.done))


def fraction(embedder: EmbedderView) -> float | None:
    """From 0 to 1; None until the passages are counted."""
    return min(1.0, embedder.done / embedder.total) if embedder.total else None
