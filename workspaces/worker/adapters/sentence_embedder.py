"""The Embedder port on sentence-transformers, from a local folder and without a network."""

from __future__ import annotations

import os
from collections.abc import Sequence, Set
from pathlib import Path

from workspaces.core import languages

# A second wall: the engine starts children with the same switches.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1")
os.environ.update(TOKENIZERS_PARALLELISM="false", TRANSFORMERS_NO_ADVISORY_WARNINGS="1")

from sentence_transformers import SentenceTransformer
from transformers.utils import logging

BATCH = 16
"""Texts that the model reads at once: more only pads more."""

UNKNOWN = 0.1
"""The largest share of unknown tokens in a text that the model is said to understand. Measured
on SQuAD 2 and XQuAD: at most .03 in English, at least .16 in Chinese."""


class SentenceEmbedder:
    """A sentence-transformers model on the CPU. ``scripts`` are the writing systems it was
    trained for, as :mod:`workspaces.core.languages` names them."""

    def __init__(self, folder: Path, scripts: Set[str] = languages.LATIN) -> None:
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self._tokenizer = self._model.tokenizer
        self._scripts = scripts

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def max_tokens(self) -> int:
        special: int = self._tokenizer.num_special_tokens_to_add()
        return int(self._model.max_seq_length or 0) - special

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(tokens) for tokens in self._tokens(texts)]

    def knows(self, text: str) -> bool:
        if not languages.covered(text, self._scripts):
            return False
        (tokens,) = self._tokens([text])
        return tokens.count(self._tokenizer.unk_token_id) <= UNKNOWN * len(tokens)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        # The library sorts them by length, so that short texts are not padded to long ones.
        vectors = self._model.encode(
            list(texts), batch_size=BATCH, show_progress_bar=False, normalize_embeddings=True
        )
        return [[float(number) for number in vector] for vector in vectors]

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        if not texts:
            return []
        read = self._tokenizer(
            list(texts),
            add_special_tokens=False,
            truncation=False,
            return_attention_mask=False,
            return_token_type_ids=False,
        )
        return list(read["input_ids"])
