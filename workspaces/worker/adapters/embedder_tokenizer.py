"""An embedding model's tokens without the model: a tokenizer loads in a tenth of a second, the
model with all that it needs in six."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from tokenizers import Encoding, Tokenizer

from workspaces.core import languages

CONFIGURATIONS = ("sentence_bert_config.json", "sentence_roberta_config.json",
                  "sentence_xlm-roberta_config.json", "sentence_xlnet_config.json",
                  "sentence_camembert_config.json", "sentence_distilbert_config.json")  # fmt: skip
"""Where sentence-transformers keeps what a model reads at most; the first that is there counts."""

UNKNOWN = 0.1
"""The largest share of unknown tokens in a text that the model is said to understand. Measured
on SQuAD 2 and XQuAD: at most .03 in English, at least .16 in Chinese."""


class EmbedderTokenizer:
    """The tokenizer of the model in ``folder``. May be used by several threads. Raises OSError,
    ValueError or KeyError where its files do not say what is needed."""

    def __init__(self, folder: Path) -> None:
        inside = folder / _transformer(folder)
        self._tokenizer = Tokenizer.from_buffer((inside / "tokenizer.json").read_bytes())
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        settings = _json(inside / "tokenizer_config.json")
        unknown = self._tokenizer.token_to_id(_token(settings.get("unk_token")))
        self._unknown = -1 if unknown is None else unknown
        self.padding = self._tokenizer.token_to_id(_token(settings.get("pad_token"))) or 0
        """What fills up the shorter texts of a batch: some models count positions by it."""
        special = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        self.max_tokens = _longest(inside, settings) - special
        """Of one text, special tokens not counted."""

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted, not truncated."""
        read = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(each) for each in read]

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        """Each text as the model reads it: truncated, with special tokens, not padded."""
        read = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        for each in read:
            # Not a setting of the tokenizer, which another thread counts with.
            each.truncate(self.max_tokens)
        return [self._tokenizer.post_process(each) for each in read]

    def unknown(self, text: str) -> float:
        """The share of tokens in ``text`` that the model never saw, from 0 to 1."""
        tokens = self._tokenizer.encode(text, add_special_tokens=False).ids
        return tokens.count(self._unknown) / max(1, len(tokens))


class LoadedTokenizer:
    """The tokenizer of a model that is loaded, where its files hold no fast one."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = deepcopy(tokenizer)  # the model uses its own, in another thread
        special: int = tokenizer.num_special_tokens_to_add()
        self.max_tokens = int(tokenizer.model_max_length) - special

    def count(self, texts: Sequence[str]) -> list[int]:
        """See :meth:`EmbedderTokenizer.count`."""
        return [len(self._ids(text)) for text in texts]

    def unknown(self, text: str) -> float:
        """See :meth:`EmbedderTokenizer.unknown`."""
        tokens = self._ids(text)
        return tokens.count(self._tokenizer.unk_token_id) / max(1, len(tokens))

    def _ids(self, text: str) -> list[int]:
        read = self._tokenizer(text, add_special_tokens=False, truncation=False)
        return list(read["input_ids"])


def understands(
    tokenizer: EmbedderTokenizer | LoadedTokenizer, text: str, known: languages.KnownLanguages
) -> bool:
    """Whether a model with ``tokenizer``, trained for the languages ``known``, has a say about
    ``text``."""
    return tokenizer.unknown(text) <= UNKNOWN and languages.covered(text, known)


def _transformer(folder: Path) -> str:
    """The subfolder of the module that reads text: the first."""
    modules = folder / "modules.json"
    if not modules.exists():
        return ""
    path = str(_json(modules)[0]["path"])
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise ValueError(f"a module outside the model: {path}")
    return path


def _longest(folder: Path, settings: dict[str, Any]) -> int:
    """How many tokens the model reads, by the rules of sentence-transformers."""
    for name in CONFIGURATIONS:
        if (folder / name).exists():
            longest = _json(folder / name).get("max_seq_length")
            if longest is not None:
                return int(longest)
            break
    positions = int(_json(folder / "config.json")["max_position_embeddings"])
    return min(int(settings["model_max_length"]), positions)


def _token(entry: object) -> str:
    """A special token, which is written as a text or as a table with its content."""
    return str(entry.get("content", "")) if isinstance(entry, dict) else str(entry or "")


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes())
