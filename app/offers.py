"""What a person reads about the models on offer, and about the terms they come under.

The addresses and the notices that have to be shown as they are lie in ``resources/models.json``.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class LicenceWords:
    """``title`` is what a licence is called; ``terms`` are paragraphs, what it asks in short. Those
    of Llama speak of a line above them, which is the licence's ``built_with``."""

    title: str
    terms: tuple[str, ...]


def offer_words(offer_id: str) -> str:
    """What the model is good for, in plain words; empty for one that we do not know."""
    words = {
        "llama-3-8b-q4": translate(
            "Offers",
            "The one to begin with: good answers in English, on a machine with 16 GB of memory.",
        ),
        "llama-3.1-8b-q4": translate(
            "Offers",
            "As large as Llama 3, reads longer texts and knows more European languages. Chinese "
            "is not among the languages it was made for.",
        ),
        "llama-3-8b-q5": translate(
            "Offers",
            "Llama 3 stored a little more exactly: slightly better answers, slower, and more "
            "memory.",
        ),
        "llama-3-8b-q2": translate(
            "Offers",
            "Llama 3 stored as small as it goes, for weaker machines: it makes more mistakes.",
        ),
        "llama-3.2-3b-q4": translate(
            "Offers",
            "Answers more than twice as fast as the models with 8B, for machines with 8 GB of "
            "memory. Simple questions are answered well, long comparisons less so.",
        ),
        "llama-3.2-1b-q4": translate(
            "Offers",
            "Small and quick, for machines with 4 GB of memory: short answers to simple questions.",
        ),
        "multilingual-e5-small": translate(
            "Offers",
            "Finds passages by their meaning in about a hundred languages, Chinese and English "
            "among them; a good choice for most documents.",
        ),
        "bge-small-zh-v1.5": translate(
            "Offers", "Finds Chinese passages by their meaning; small and quick, Chinese only."
        ),
        "bge-m3": translate(
            "Offers",
            "Finds passages by their meaning in more than a hundred languages, very well and very "
            "slowly: large imports take many times as long.",
        ),
        "ms-marco-minilm-l6-v2": translate(
            "Offers", "Puts English passages in a better order; a few seconds for each question."
        ),
        "bge-reranker-base": translate(
            "Offers",
            "Puts Chinese and English passages in a better order; slow without many processor "
            "cores.",
        ),
        "bge-reranker-v2-m3": translate(
            "Offers",
            "Puts passages in many languages in a better order; large, and slower still.",
        ),
    }
    return words.get(offer_id, "")


def licence_words(licence_id: str) -> LicenceWords:
    """The words for a licence; its id for one that we do not know."""
    llama = translate(
        "Licences",
        "You may use the model free of charge, also at work, if you accept Meta's licence and keep "
        "to its acceptable use policy, which forbids unlawful and harmful uses. If you pass the "
        "model on, or a product with it, add a copy of the licence and show the line above. "
        "Companies with more than 700 million users a month need a licence of their own.",
    )
    outputs = translate(
        "Licences",
        "A model that is improved with what this one writes needs a name that begins with “Llama”.",
    )
    outputs_of_3 = translate(
        "Licences",
        "What this model writes may not be used to improve other large language models.",
    )
    free = translate("Licences", "Free to use, change and pass on, if the licence is kept with it.")
    words = {
        "llama3": LicenceWords(
            translate("Licences", "Meta Llama 3 Community License"), (llama, outputs_of_3)
        ),
        "llama3.1": LicenceWords(
            translate("Licences", "Llama 3.1 Community License"), (llama, outputs)
        ),
        "llama3.2": LicenceWords(
            translate("Licences", "Llama 3.2 Community License"), (llama, outputs)
        ),
        "mit": LicenceWords(translate("Licences", "MIT License"), (free,)),
        "apache-2.0": LicenceWords(translate("Licences", "Apache License 2.0"), (free,)),
    }
    return words.get(licence_id, LicenceWords(licence_id, ()))
