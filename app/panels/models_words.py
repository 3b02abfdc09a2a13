"""What is said of a model, of its way here, and of the machine."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPalette

from app.offers import offer_words
from app.panels.cards import Card
from app.sentences import sentence
from workspaces.services.machine import Machine
from workspaces.services.views import DownloadState, DownloadView, ModelRow, Standing

translate = QCoreApplication.translate

GB, GIB = 10**9, 2**30

ICONS = {
    Standing.COMING: "waiting",
    Standing.HERE: "document",
    Standing.FOUND: "document",
    Standing.OFFERED: "add",
}


def card_of(row: ModelRow) -> Card:
    """How one model is painted."""
    download = row.download
    is_bad = row.fit == "too_large" or (download and download.state is DownloadState.FAILED)
    return Card(
        title=row.title,
        faded=standing_words(row),
        most_faded=3,
        plain=offer_words(row.id),
        most_plain=3,
        place=place_words(row),
        icon=ICONS[row.standing],
        tint=QPalette.ColorRole.BrightText if is_bad else QPalette.ColorRole.Accent,
        progress=download.done / download.total if download and download.total else None,
    )


def standing_words(row: ModelRow) -> str:
    """Where the model is, and whether it fits this machine."""
    if row.download:
        return download_words(row.download)
    parts = [translate("Models", "In use")] if row.answers else []
    match row.standing:
        case Standing.HERE:
            parts.append(translate("Models", "On this computer"))
        case Standing.FOUND:
            parts.append(translate("Models", "Found in {program}").format(program=row.where))
        case _:
            parts.append(fit_words(row.fit))
    parts.append(size_words(row.size))
    if row.verdict:
        parts.append(sentence(row.verdict))
    return " · ".join(parts)


def fit_words(fit: str) -> str:
    """How well a model fits this computer, in a word or two."""
    words = {
        "fits": translate("Models", "Fits"),
        "tight": translate("Models", "Tight"),
        "too_large": translate("Models", "Does not fit"),
    }
    return words.get(fit, fit)


def place_words(row: ModelRow) -> str:
    """What else is to be known: its context, or where it lies."""
    if row.standing in (Standing.HERE, Standing.FOUND):
        return row.path
    if row.context and row.kind == "generator":
        return translate("Models", "reads up to {count} tokens").format(count=f"{row.context:,}")
    return ""


def download_words(download: DownloadView) -> str:
    """How far a download is."""
    amount = translate("Models", "{done} of {total}").format(
        done=size_words(download.done), total=size_words(download.total)
    )
    match download.state:
        case DownloadState.WAITING:
            return translate("Models", "Waits for the download before it")
        case DownloadState.LOOKING:
            return translate("Models", "Looking for the fastest mirror…")
        case DownloadState.PAUSED:
            return " · ".join([translate("Models", "Paused"), amount])
        case DownloadState.FAILED:
            return sentence(download.reason) if download.reason else amount
        case DownloadState.RUNNING:
            return " · ".join([amount, *_pace_words(download)])


def _pace_words(download: DownloadView) -> list[str]:
    parts = []
    if download.speed > 0:
        speed = translate("Models", "{size} a second")
        parts.append(speed.format(size=size_words(round(download.speed))))
    if (left := download.seconds_left) is not None:
        parts.append(time_words(left))
    if download.mirror:
        parts.append(download.mirror)
    else:
        parts.append(translate("Models", "reading again what is there"))
    return parts


def time_words(seconds: float) -> str:
    """How long something still takes, roughly."""
    if seconds < 60:
        return translate("Models", "less than a minute left")
    minutes, hours = round(seconds / 60), round(seconds / 3600)
    if minutes < 90:
        return translate("Models", "%n minute(s) left", "", minutes)
    return translate("Models", "%n hour(s) left", "", hours)


def size_words(size: int) -> str:
    """Bytes, as downloads are counted."""
    if size >= GB:
        return f"{size / GB:.1f} GB"
    return f"{size / 1e6:.0f} MB" if size >= 10**7 else f"{size / 1e6:.1f} MB"


def machine_words(machine: Machine) -> str:
    """What this computer has, in a line."""
    memory = translate("Models", "{size} GB of memory").format(size=f"{machine.memory / GIB:.0f}")
    cores = machine.cores
    parts = [memory, translate("Models", "%n processor core(s)", "", cores)]
    if machine.disk is not None:
        free = translate("Models", "{size} free on the disk")
        parts.append(free.format(size=size_words(machine.disk)))
    parts += [card.name for card in machine.cards or ()]
    return translate("Models", "This computer: {parts}").format(parts=" · ".join(parts))
