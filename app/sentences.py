"""Why something did not work, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from workspaces.core.reasons import SENTENCES, Reason

CONTEXT = "reasons"

translate = QCoreApplication.translate


def sentence(reason: Reason) -> str:
    """The full sentence of ``reason``, translated."""
    details = reason.details
    if "role" in details:
        details = {**details, "role": role_words(details["role"])}
    if "unit" in details:
        details = {**details, "unit": unit_words(details["unit"])}
    if "languages" in details:
        details = {**details, "languages": language_words(details["languages"])}
    template = translate(CONTEXT, SENTENCES[reason.code])
    return Reason(reason.code, details).sentence(template)


def role_words(role: str) -> str:
    """What a child process is called."""
    words = {
        "reader": translate("Roles", "reader"),
        "indexer": translate("Roles", "indexer"),
        "generator": translate("Roles", "generator"),
        "fetcher": translate("Roles", "downloader"),
    }
    return words.get(role, role)


def unit_words(unit: str) -> str:
    """What the parts of a document are called, of which only some were read."""
    words = {
        "pages": translate("Units", "pages"),
        "rows": translate("Units", "rows"),
        "lines": translate("Units", "lines"),
        "characters": translate("Units", "characters"),
    }
    return words.get(unit, unit)


def language_words(names: str) -> str:
    """What languages and writing systems are called, of several with commas between them."""
    words = {
        "Chinese": translate("Languages", "Chinese"),
        "Japanese": translate("Languages", "Japanese"),
        "Korean": translate("Languages", "Korean"),
        "Cyrillic (such as Russian)": translate("Languages", "Cyrillic (such as Russian)"),
        "Arabic script": translate("Languages", "Arabic script"),
        "Devanagari (such as Hindi)": translate("Languages", "Devanagari (such as Hindi)"),
        "Hebrew": translate("Languages", "Hebrew"),
        "Greek": translate("Languages", "Greek"),
        "Thai": translate("Languages", "Thai"),
        "English": translate("Languages", "English"),
        "German": translate("Languages", "German"),
        "French": translate("Languages", "French"),
        "Spanish": translate("Languages", "Spanish"),
        "Portuguese": translate("Languages", "Portuguese"),
        "Italian": translate("Languages", "Italian"),
        "Dutch": translate("Languages", "Dutch"),
        "Polish": translate("Languages", "Polish"),
        "Turkish": translate("Languages", "Turkish"),
        "Vietnamese": translate("Languages", "Vietnamese"),
        "Indonesian": translate("Languages", "Indonesian"),
        "other languages in Latin letters": translate(
            "Languages", "other languages in Latin letters"
        ),
        "other writing systems": translate("Languages", "other writing systems"),
    }
    joint = translate("Languages", ", ")
    return joint.join(words.get(name, name) for name in names.split(", "))
