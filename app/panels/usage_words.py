"""What an answer took, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from workspaces.core.types import Usage

translate = QCoreApplication.translate


def usage_words(usage: Usage) -> str:
    """One line: the tokens of the prompt, how soon the answer began, how fast it came, and the
    memory it took; what is not known is left out."""
    parts = [_prompt_words(usage), _first_words(usage), _rate_words(usage), _memory_words(usage)]
    return " · ".join(filter(None, parts))


def _prompt_words(usage: Usage) -> str:
    template = translate("Usage", "Prompt: {prompt} tokens, {cached} of them reused")
    locale = QLocale()
    return template.format(
        prompt=locale.toString(usage.prompt_tokens), cached=locale.toString(usage.cached_tokens)
    )


def _first_words(usage: Usage) -> str:
    if usage.first_token_s is None:
        return ""
    template = translate("Usage", "First token after {seconds} s")
    return template.format(seconds=QLocale().toString(usage.first_token_s, "f", 2))


def _rate_words(usage: Usage) -> str:
    if usage.tokens_per_s is None:
        return ""
    template = translate("Usage", "{rate} tokens/s")
    return template.format(rate=QLocale().toString(usage.tokens_per_s, "f", 1))


def _memory_words(usage: Usage) -> str:
    if not usage.peak_memory:
        return ""
    template = translate("Usage", "At most {size} of memory")
    return template.format(size=QLocale().formattedDataSize(usage.peak_memory))
