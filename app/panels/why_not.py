"""The window that says why an answer was not written from a document."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.panels.document_picker import DocumentPicker
from app.panels.panel import SideWindow
from app.panels.plain_label import ElidedLabel, readable_label
from app.panels.search_list import SearchList
from app.panels.search_rows import SearchRow
from app.panels.why_not_presenter import Doubt, WhyNotPresenter
from app.panels.why_not_words import why_not_words
from app.sentences import sentence
from workspaces.services.views import DocumentView


class BestPassage(SearchList):
    """One passage as the search shows it, in a list that is as high as that."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("boxedList")

    def fit(self) -> None:
        super().fit()
        self.setFixedHeight(self.verticalHeader().defaultSectionSize() + 4)


class WhyNotWindow(SideWindow):
    """A document is picked above; below it stands why it was not used, and its best passage."""

    def __init__(self, parent: QWidget, presenter: WhyNotPresenter) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._doubt = presenter.doubt
        self._question = ElidedLabel("windowTitle")
        self.picker = DocumentPicker()
        self._words = readable_label(name="whyNotWords")
        self.best = BestPassage()
        self._close = QPushButton()
        self._lay_out()
        presenter.listed.connect(self._list)
        presenter.shown.connect(self._show)
        self.picker.picked.connect(presenter.pick)
        self.best.chosen.connect(presenter.open)
        self.best.escaped.connect(self.close)
        self._close.clicked.connect(self.close)
        self.retranslate()
        self._list(presenter.documents)
        self._show(presenter.doubt)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Why not this document?"))
        self.best.setAccessibleName(self.tr("The passage of this document that fits best"))
        self.best.reword()
        self._close.setText(self.tr("Close"))
        self._words.setText(self._say())

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._question)
        column.addWidget(self.picker, 1)
        column.addWidget(self._words)
        column.addWidget(self.best)
        column.addLayout(below)
        self.resize(640, 620)
        self.picker.setFocus()

    def _list(self, documents: list[DocumentView]) -> None:
        self.picker.show_documents(documents, self._presenter.doubt.document)

    def _show(self, doubt: Doubt) -> None:
        self._doubt = doubt
        self._question.setText(" ".join(doubt.question.split()))
        self._words.setText(self._say())
        best = doubt.best
        self.best.setVisible(best is not None)
        if best:
            self.best.show_rows([SearchRow(best, doubt.question)])

    def _say(self) -> str:
        doubt = self._doubt
        if doubt.problem:
            return sentence(doubt.problem)
        if doubt.told:
            return why_not_words(doubt.told)
        if doubt.document:
            return self.tr("Looking for its best passage…")
        return self.tr("Pick the document that you expected in the answer.")
