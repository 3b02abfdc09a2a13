"""The answers a model has written, in its own tokens."""

from __future__ import annotations

KEPT = 32
"""Answers that are remembered: more than fit into the context of a model of ours."""


class Answer:
    """One that is being written."""

    def __init__(self) -> None:
        self.text = ""
        self.tokens: list[int] = []

    def add(self, token: int, piece: str) -> None:
        """``piece`` is what the text grew by; a token may be a part of a character."""
        self.tokens.append(token)
        self.text += piece


class Answers:
    """The last :data:`KEPT` of them."""

    def __init__(self) -> None:
        self._answers: list[Answer] = []

    def begin(self) -> Answer:
        """A new one."""
        self._answers = [*self._answers[1 - KEPT :], Answer()]
        return self._answers[-1]

    @property
    def tokens(self) -> dict[str, list[int]]:
        """The tokens of each text, as they were written last."""
        return {answer.text: answer.tokens for answer in self._answers}
