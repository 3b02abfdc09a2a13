"""The real dialogs, without waiting in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.panels.dialogs import WindowDialogs
from app.panels.password_dialog import PasswordDialog
from app.panels.reader import LONGEST_LINE, batched, lines_of
from tests.gui.stage import find


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.close()


def test_a_name_is_asked_for(window: QWidget) -> None:
    names: list[str] = []
    WindowDialogs(window).ask_name("New", "Name:", "old", names.append)
    dialog = find(window, QInputDialog)
    assert dialog.textValue() == "old"
    dialog.setTextValue("new")
    dialog.accept()
    assert names == ["new"]


def test_a_cancelled_name_is_not_given(window: QWidget) -> None:
    names: list[str] = []
    WindowDialogs(window).ask_name("New", "Name:", "old", names.append)
    find(window, QInputDialog).reject()
    assert names == []


@pytest.mark.parametrize(("button", "given"), [("Delete", ["yes"]), ("Cancel", [])])
def test_a_confirmation_is_given_only_by_its_own_button(
    window: QWidget, button: str, given: list[str]
) -> None:
    answers: list[str] = []
    WindowDialogs(window).confirm("Sure?", "All goes.", "Delete", lambda: answers.append("yes"))
    dialog = find(window, QMessageBox)
    assert dialog.defaultButton().text().replace("&", "") == "Cancel"
    next(each for each in dialog.buttons() if each.text().replace("&", "") == button).click()
    assert answers == given


def test_a_target_is_picked(window: QWidget, tmp_path: Path) -> None:
    targets: list[Path] = []
    WindowDialogs(window).pick_target("Export", "Seals.md", ["md"], targets.append)
    dialog = find(window, QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit(str(tmp_path / "a.md"))
    assert targets == [tmp_path / "a.md"]


def test_a_line_without_end_is_broken_for_reading() -> None:
    text = "short\n" + "x" * (2 * LONGEST_LINE + 1) + "\n\nend"
    lines = list(lines_of(text))
    assert [len(line) for line in lines] == [5, LONGEST_LINE, LONGEST_LINE, 1, 0, 3]
    assert "\n".join(batched(iter(lines), 2)) == "\n".join(lines)


def test_a_password_is_typed_unseen_and_forgotten(window: QWidget) -> None:
    given: list[str] = []
    WindowDialogs(window).ask_password("Open it?", given.append)
    dialog = find(window, PasswordDialog)
    assert dialog.field.echoMode() == QLineEdit.EchoMode.Password
    buttons = find(dialog, QDialogButtonBox).buttons()
    opener = next(each for each in buttons if "Open" in each.text())
    assert not opener.isEnabled(), "an empty password is none"
    dialog.field.setText("sesame")
    opener.click()
    assert given == ["sesame"]
    assert dialog.field.text() == ""


def test_a_target_takes_the_suffix_of_its_kind(window: QWidget) -> None:
    WindowDialogs(window).pick_target("Save", "report.md", ["md", "csv"], print)
    dialog = find(window, QFileDialog)
    assert dialog.defaultSuffix() == "md"
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    assert dialog.defaultSuffix() == "csv"
