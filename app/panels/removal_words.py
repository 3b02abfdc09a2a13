"""What a deletion left behind, in words: what was counted afterwards, not what was hoped."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.panels.notices import Notices
from workspaces.services.views import Removal

translate = QCoreApplication.translate


def say_removed(notices: Notices, removal: Removal) -> None:
    """Tell the person; a problem where something is left."""
    notices.say(removal_words(removal), is_problem=not removal.clean)


def removal_words(removal: Removal) -> str:
    """How many went, what is left of them, and where quotes are kept."""
    count = removal.documents
    parts = [translate("Removal", "%n document(s) removed.", "", count), _left(removal)]
    if count := removal.quoted_in:
        parts.append(translate("Removal", "%n conversation(s) keep quotes of them.", "", count))
    return " ".join(parts)


def _left(removal: Removal) -> str:
    if removal.clean:
        return translate("Removal", "Nothing of them is left in this workspace.")
    words = translate(
        "Removal",
        "Some of it is still there: catalogue rows {rows}, passages {passages}, vectors {vectors}, "
        "index entries {index}, files {files}. Use File › Check and repair… to clear it away.",
    )
    return words.format(
        rows=removal.rows_left,
        passages=removal.passages_left,
        vectors=removal.vectors_left,
        index=removal.index_left,
        files=removal.files_left,
    )
