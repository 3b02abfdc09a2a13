"""The prompt for a question, which never overflows the model's context."""

from __future__ import annotations

from collections.abc import Sequence

from workspaces.core.ports import PromptSize
from workspaces.core.prompting import Prompt, fit, texts_to_count
from workspaces.core.types import Budget, Source, Turn
from workspaces.services.models import Models
from workspaces.services.views import ModelView


async def fitted(
    models: Models, view: ModelView, earlier: Sequence[Turn], question: str, found: Sequence[Source]
) -> tuple[Prompt, Budget]:
    """The prompt, and what it consists of.

    What a chat template adds is estimated first, then the whole is measured; one that adds more
    than was thought leaves less room for the rest. Raises Problem ``prompt_too_long``.
    """
    context = (await models.load(view)).context
    tokens = await models.count(view, texts_to_count(earlier, question, found))
    room = budget = context - models.settings.answer
    while True:
        prompt = fit(earlier, question, found, tokens.__getitem__, budget)
        size = await models.measure(view, prompt.messages)
        if size.total <= room:
            return prompt, _budget(prompt, size, tokens[question], context, models.settings.answer)
        budget -= size.total - room


def _budget(prompt: Prompt, size: PromptSize, question: int, context: int, answer: int) -> Budget:
    system, *history, last = size.contents
    asked = min(question, last)
    return Budget(
        context=context,
        instructions=system + size.layout,
        history=sum(history),
        sources=last - asked,
        question=asked,
        answer=answer,
        left_out=prompt.left_out,
        forgotten=prompt.forgotten,
    )
