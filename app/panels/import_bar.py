"""The bar that says how far the import is, with its buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from app.icons import icon
from app.panels.import_presenter import ImportPresenter
from app.panels.import_words import fraction, progress_words, working_words
from app.panels.panel import Panel, name_button, quiet_button
from app.panels.plain_label import ElidedLabel, plain_label
from app.panels.progress_bar import ThinBar
from workspaces.services.views import ImportProgress


class ImportBar(Panel):
    """There only while something is left to do, is paused or is held up."""

    def __init__(self, presenter: ImportPresenter) -> None:
        super().__init__()
        self._progress = ImportProgress()
        self._bar = ThinBar()
        self._words = plain_label(name="progressWords")
        self._current = ElidedLabel("progressDetail")
        self._held_up = plain_label(name="heldUp")
        self._pause = quiet_button("pause")
        self._cancel = quiet_button("close")
        self._pause.clicked.connect(presenter.pause_or_resume)
        self._cancel.clicked.connect(presenter.cancel)
        self._lay_out()
        presenter.shown.connect(self.show_progress)
        self.retranslate()

    def show_progress(self, progress: ImportProgress) -> None:
        self._progress = progress
        self.retranslate()

    def retranslate(self) -> None:
        progress = self._progress
        self._bar.show_fraction(fraction(progress))
        self._bar.setAccessibleName(self.tr("Import"))
        self._words.setText(progress_words(progress))
        self._words.setVisible(progress.documents > 0)
        working = working_words(progress)
        held_up = progress.held_up is not None
        self._held_up.setText(working)
        self._held_up.setVisible(held_up)
        self._current.setText(working)
        self._current.setVisible(bool(working) and not held_up)
        self._pause.setIcon(icon("resume" if progress.paused else "pause"))
        name_button(self._pause, self.tr("Resume") if progress.paused else self.tr("Pause"))
        name_button(self._cancel, self.tr("Cancel all…"))
        self._cancel.setVisible(progress.busy)
        self.setVisible(progress.busy or progress.paused or held_up)

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        above = QHBoxLayout()
        above.setSpacing(2)
        above.addWidget(self._bar, 1)
        above.addSpacing(6)
        above.addWidget(self._pause)
        above.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 0, 8, 10)
        column.setSpacing(3)
        column.addLayout(above)
        for widget in (self._words, self._current, self._held_up):
            column.addWidget(widget)
