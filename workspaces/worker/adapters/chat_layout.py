"""Lays a conversation out as tokens, the way the loaded model was taught to read one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import llama_cpp
from jinja2 import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from workspaces.core.types import Message

TEMPLATE = "tokenizer.chat_template"

PLAIN = (
    "{% for message in messages %}"
    "{{ {'system': '', 'user': 'Question: ', 'assistant': 'Answer: '}[message['role']] }}"
    "{{ message['content'] }}\n\n"
    "{% endfor %}Answer:"
)
"""For a model without a chat template."""

_HOLE = re.compile("\ue000(\\d+)\ue001")


class ChatLayout:
    """Renders the model's own template (in the sandbox of llama-cpp-python).

    Only what the template says itself may become a special token: a document that contains the
    text ``<|eot_id|>`` must not end the message it is quoted in. So the template is rendered with
    holes in the messages' places, and the messages are tokenized apart, as text.

    Raises TemplateError or ValueError when the template cannot be used.
    """

    def __init__(self, llama: llama_cpp.Llama) -> None:
        self._llama = llama
        vocabulary = llama_cpp.llama_model_get_vocab(llama.model)
        self._begin = [llama.token_bos()] if llama_cpp.llama_vocab_get_add_bos(vocabulary) else []
        self._template = Jinja2ChatFormatter(
            template=llama.metadata.get(TEMPLATE, PLAIN),
            bos_token=_text(vocabulary, llama.token_bos()),
            eos_token=_text(vocabulary, llama.token_eos()),
        )
        self._render([Message("system", ""), Message("user", "")])

    def plain(self, text: str) -> list[int]:
        """The tokens of ``text``, none of them special."""
        return self._llama.tokenize(text.encode(), add_bos=False, special=False)

    def tokens(self, messages: Sequence[Message]) -> list[int]:
        """The conversation as the model reads it, up to where its answer begins."""
        tokens = [token for part in self._parts(messages) for token in part]
        return tokens if tokens[:1] == self._begin else self._begin + tokens

    def _parts(self, messages: Sequence[Message]) -> Iterator[list[int]]:
        pieces = _HOLE.split(self._render(messages))
        for number, piece in enumerate(pieces):
            if number % 2:
                yield self.plain(messages[int(piece)].content)
            elif piece:
                yield self._llama.tokenize(piece.encode(), add_bos=False, special=True)

    def _render(self, messages: Sequence[Message]) -> str:
        holes: list[Any] = [
            {"role": message.role, "content": f"\ue000{number}\ue001"}
            for number, message in enumerate(messages)
        ]
        try:
            return self._template(messages=holes).prompt
        except (TemplateError, ValueError):
            # Some templates refuse a system message; then its text leads the first question.
            return self._template(messages=_without_system(holes)).prompt


def _without_system(messages: list[Any]) -> list[Any]:
    system, *rest = messages
    if system["role"] != "system" or not rest:
        return messages
    first, *others = rest
    return [first | {"content": f"{system['content']}\n\n{first['content']}"}, *others]


def _text(vocabulary: object, token: int) -> str:
    """How the vocabulary writes a token, empty where it has no such token."""
    if token < 0:
        return ""
    text: bytes = llama_cpp.llama_vocab_get_text(vocabulary, token)
    return text.decode()
