"""The real window on a fake Quire, with the hands and eyes of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QMenu,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.bridge import Bridge
from app.language import Language
from app.main_window import MainWindow
from app.panels.reader import Reader
from app.panels.turn import TurnView
from tests.fake_quire import FakeQuire
from workspaces.services.quire import Quire

_PLAIN = Qt.KeyboardModifier.NoModifier

W = TypeVar("W", bound=QObject)


def find(parent: QObject, kind: type[W], name: str = "") -> W:
    """The first child of this kind (and name), which must be there."""
    found = parent.findChild(kind, name) if name else parent.findChild(kind)
    assert found is not None
    return found


class ScriptedDialogs:
    """Answers what the test put in, and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.name: str | None = None
        self.yes = True
        self.paths: list[str] = []
        self.passwords: list[str] = []
        """One is given at each question, as long as there are any."""
        self.target: Path | None = None

    def ask_name(self, title: str, label: str, old: str, then: Callable[[str], object]) -> None:
        self.asked.append((title, label, old))
        if self.name is not None:
            then(self.name)

    def confirm(self, question: str, warning: str, action: str, then: Callable[[], object]) -> None:
        self.asked.append((question, warning, action))
        if self.yes:
            then()

    def pick_documents(self, then: Callable[[list[str]], object]) -> None:
        then(self.paths)

    def ask_password(self, question: str, then: Callable[[str], object]) -> None:
        self.asked.append((question,))
        if self.passwords:
            then(self.passwords.pop(0))

    def pick_directory(self, title: str, then: Callable[[str], object]) -> None:
        self.asked.append((title,))
        then(self.paths[0])

    def pick_model(self, then: Callable[[str], object]) -> None:
        then(self.paths[0])

    def pick_target(
        self, title: str, suggestion: str, suffixes: Sequence[str], then: Callable[[Path], object]
    ) -> None:
        self.asked.append((suggestion,))
        if self.target:
            then(self.target)

    def tell(self, title: str, text: str) -> None:
        self.asked.append((title, text))


class Stage:
    """One open window."""

    def __init__(
        self,
        quire: FakeQuire,
        bridge: Bridge,
        language: Language,
        settings: QSettings,
        dialogs: ScriptedDialogs,
        qtbot: QtBot,
    ) -> None:
        self.quire = quire
        self.bridge = bridge
        self.dialogs = dialogs
        self.qtbot = qtbot
        self.window = MainWindow(bridge, language, settings, lambda _: dialogs)
        self.window.show()
        with qtbot.waitSignal(bridge.opened):
            bridge.open()

    # --- eyes --------------------------------------------------------------------------------

    def wait(self, seen: Callable[[], Any]) -> None:
        """Until ``seen`` gives something true."""
        self.qtbot.waitUntil(lambda: bool(seen()), timeout=3000)

    def rows(self, panel: QWidget) -> list[str]:
        """What a list shows."""
        model = find(panel, QAbstractItemView).model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def menus(self) -> dict[str, QMenu]:
        """The menus of the menu bar, by the words shown."""
        shown = {}
        for action in self.window.menuBar().actions():
            menu = action.menu()
            assert isinstance(menu, QMenu)
            shown[action.text()] = menu
        return shown

    @property
    def answers(self) -> list[str]:
        """The answers shown, as plain text, oldest first."""
        return [
            find(turn, QTextBrowser, "answer").toPlainText()
            for turn in self.window.conversation.findChildren(TurnView)
            if turn.isVisibleTo(self.window)
        ]

    @property
    def notice(self) -> str:
        """What the message bar says."""
        newest = self.window.desk.notices.newest
        assert (newest is not None) == self.window.message_bar.isVisible()
        return newest.text if newest else ""

    @property
    def readers(self) -> list[Reader]:
        return self.window.findChildren(Reader)

    def called(self, method: str) -> list[tuple[Any, ...]]:
        """The arguments of every such call to Quire."""
        return [call[1:] for call in self.quire.history if call[0] == method]

    def engine(self, job: Callable[[FakeQuire], object]) -> None:
        """Let Quire do something unasked, on the engine's thread, and wait until it has."""
        done: list[bool] = []

        async def work(_: Quire) -> None:
            job(self.quire)

        self.bridge.run(work, at_end=lambda: done.append(True))
        self.wait(lambda: done)

    # --- hands -------------------------------------------------------------------------------

    def press(self, panel: QWidget, name: str) -> None:
        """Press the button of this accessible name."""
        buttons = panel.findChildren(QAbstractButton)
        button = next(each for each in buttons if name in (each.accessibleName(), each.text()))
        assert button.isEnabled(), f"{name} is off"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def click_row(self, panel: QWidget, row: int) -> None:
        view = find(panel, QAbstractItemView)
        QApplication.processEvents()  # lists are laid out a moment later
        spot = view.visualRect(view.model().index(row, 0)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, _PLAIN, spot)

    def ask(self, question: str) -> None:
        edit = self.window.conversation.composer.edit
        edit.insertPlainText(question)  # QTest types no Chinese
        QTest.keyClick(edit, Qt.Key.Key_Return)

    def trigger(self, menu: str, action: str) -> None:
        """Choose from the menu bar, by the words shown."""
        actions = {each.text(): each for each in self.menus()[menu].actions()}
        self.wait(actions[action].isEnabled)
        actions[action].trigger()

    def drag(self, *urls: str) -> bool:
        """Drag over the window; whether it would take them."""
        data = _files(urls)
        event = QDragEnterEvent(
            QPoint(300, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            _PLAIN,
        )
        event.ignore()
        QApplication.sendEvent(self.window, event)
        return event.isAccepted()

    def drop(self, *urls: str) -> None:
        """Drag over the window and let go."""
        self.drag(*urls)
        data = _files(urls)
        event = QDropEvent(
            QPointF(300, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            _PLAIN,
        )
        QApplication.sendEvent(self.window, event)


def _files(urls: tuple[str, ...]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data
