"""Lays a conversation out as tokens, the way the loaded model was taught to read one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import llama_cpp
from jinja2 import TemplateError
from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from workspaces.core.ports import PromptSize
from workspaces.core.types import Message

TEMPLATE = "tokenizer.chat_template"

Written = Mapping[str, Sequence[int]]

NOTHING: Written = {}

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

    def tokens(self, messages: Sequence[Message], written: Written = NOTHING) -> list[int]:
        """The conversation as the model reads it, up to where its answer begins. ``written`` are
        the tokens of answers as the model wrote them: the same text has others where it did not
        choose the longest ones, or broke off within a character."""
        tokens = [token for _, part in self._parts(messages, written) for token in part]
        return tokens if tokens[:1] == self._begin else self._begin + tokens

    def measure(self, messages: Sequence[Message], written: Written = NOTHING) -> PromptSize:
        """How long :meth:`tokens` of the same would be."""
        contents = [0] * len(messages)
        for number, part in self._parts(messages, written):
            if number is not None:
                contents[number] += len(part)
        return PromptSize(contents, len(self.tokens(messages, written)) - sum(contents))

    def _parts(
        self, messages: Sequence[Message], written: Written
    ) -> Iterator[tuple[int | None, list[int]]]:
        """The tokens part by part, each with the number of its message, or None for a part of the
        template."""
        for place, piece in enumerate(_HOLE.split(self._render(messages))):
            if place % 2:
                yield int(piece), self._text(messages[int(piece)], written)
            elif piece:
                yield None, self._llama.tokenize(piece.encode(), add_bos=False, special=True)

    def _text(self, message: Message, written: Written) -> list[int]:
        known = written.get(message.content) if message.role == "assistant" else None
        return self.plain(message.content) if known is None else list(known)

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
