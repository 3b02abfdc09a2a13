"""The windows beside the main one; of each kind but the readers there is one at most."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.desk import Desk
from app.panels.check import CheckWindow
from app.panels.dialogs import Dialogs
from app.panels.embedder import EmbedderWindow
from app.panels.models import ModelsWindow
from app.panels.panel import SideWindow
from app.panels.place_words import place_words
from app.panels.reader import Reader
from app.panels.report import ReportWindow
from app.panels.search_settings import SearchSettingsWindow
from app.panels.watches import WatchesWindow
from app.panels.why import WhyWindow
from app.panels.why_not import WhyNotWindow
from app.sentences import sentence
from workspaces.core.types import Place, join_places
from workspaces.services.views import DocumentView, Surroundings

translate = QCoreApplication.translate

W = TypeVar("W", bound=SideWindow)


class Beside:
    """Opens them over ``window``."""

    def __init__(self, window: QWidget, desk: Desk, dialogs: Dialogs) -> None:
        self._window = window
        self._desk = desk
        self._dialogs = dialogs

    def show_text(self, document: DocumentView, places: list[Place]) -> None:
        """A document from its beginning, with what is to be known about it."""
        remarks = "\n".join(sentence(reason) for reason in document.warnings)
        reader = Reader(self._window, document.name, remarks)
        reader.show()
        reader.show_text(join_places(places))

    def show_passage(self, found: Surroundings) -> None:
        """A passage where it stands."""
        place = place_words(found)
        if found.deleted:
            place = translate("Reader", "This document was removed; only the passage is left.")
        reader = Reader(self._window, found.name, place)
        reader.show()
        reader.show_passage(found.before, found.text, found.after)

    def show_report(self) -> None:
        desk = self._desk
        self._bring(
            ReportWindow,
            lambda: ReportWindow(self._window, desk.report, lambda: desk.workspaces.open_name),
        )

    def show_watches(self) -> None:
        self._bring(
            WatchesWindow,
            lambda: WatchesWindow(self._window, self._desk.watches, self._dialogs),
        )

    def show_check(self) -> None:
        self._bring(CheckWindow, lambda: CheckWindow(self._window, self._desk.check))

    def show_embedder(self) -> None:
        desk = self._desk
        self._bring(
            EmbedderWindow,
            lambda: EmbedderWindow(self._window, desk.embedder, desk.decision, desk.reranker),
        )

    def show_models(self) -> None:
        desk = self._desk
        self._bring(
            ModelsWindow,
            lambda: ModelsWindow(
                self._window, desk.models, desk.model, desk.embedder, desk.reranker
            ),
        )

    def show_search_settings(self) -> None:
        desk = self._desk
        self._bring(
            SearchSettingsWindow,
            lambda: SearchSettingsWindow(self._window, desk.search_settings, desk.passages),
        )

    def show_why(self, turn: str) -> None:
        """How this turn came by its passages."""
        self._desk.explain(turn)
        self._bring(
            WhyWindow, lambda: WhyWindow(self._window, self._desk.why, self._doubt_explained)
        )

    def show_why_not(self, document: DocumentView) -> None:
        """Why the last answer was not written from this document."""
        self._desk.doubt_last(document.id)
        self._bring_why_not()

    def _doubt_explained(self) -> None:
        self._desk.doubt_explained()
        self._bring_why_not()

    def _bring_why_not(self) -> None:
        self._bring(WhyNotWindow, lambda: WhyNotWindow(self._window, self._desk.why_not))

    def _bring(self, kind: type[W], make: Callable[[], W]) -> None:
        """Bring the one that is open to the front, or open one."""
        found = self._window.findChild(kind) or make()
        found.show()
        found.raise_()
        found.activateWindow()
