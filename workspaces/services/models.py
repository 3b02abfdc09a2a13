"""Which model answers, and how it is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from workspaces.core.gguf import GgufFacts, read_header
from workspaces.core.ports import PromptSize
from workspaces.core.reasons import Problem
from workspaces.core.types import Message
from workspaces.engine.child import Child
from workspaces.library.home import Home
from workspaces.library.settings import Settings, read_settings, write_settings
from workspaces.protocol.messages import Count, Counted, Load, Loaded, Measure, Measured
from workspaces.services.announcer import Announcer
from workspaces.services.views import ModelChanged, ModelView

QUOTES = "quotes"
STARTER = "starter"

STARTER_PASSAGES = 2
"""So many passages the starter model gets at most: of six it tells the last, of two it answers the
question about the sample document's warranty (with four it says 30 seconds)."""


class Models:
    """Keeps the choice in the settings. ``starter`` is the small model's file, or None where it
    is not installed."""

    def __init__(
        self, home: Home, child: Child, announcer: Announcer, starter: Path | None
    ) -> None:
        self._home = home
        self._child = child
        self._announcer = announcer
        self._starter = starter
        self.settings: Settings = read_settings(home.settings)

    def view(self) -> ModelView:
        """What answers now. Without a choice: the starter where there is one, else quotes."""
        choice = self.settings.model or (STARTER if self._starter else QUOTES)
        if choice == STARTER and self._starter:
            return ModelView(STARTER, self._starter.stem, str(self._starter))
        if choice in (QUOTES, STARTER):
            return ModelView(QUOTES, QUOTES)
        return ModelView("file", self.settings.model_title or Path(choice).stem, choice)

    def choose(self, model: str, keep: bool, title: str = "") -> ModelView:
        """``model`` is a GGUF file's path, ``starter`` or ``quotes``; ``title`` is what to call it,
        where its name says nothing. Raises Problem for a file
        that is missing or is no Llama-family GGUF."""
        if model not in (QUOTES, STARTER):
            model = str(Path(model).expanduser().absolute())
            check_model(Path(model))
        elif model == STARTER and self._starter is None:
            raise Problem("model_missing", name=STARTER)
        self.settings = msgspec.structs.replace(self.settings, model=model, model_title=title)
        if keep:
            self.keep_settings()
        self._announcer.announce(ModelChanged(self.view()))
        return self.view()

    def choose_best(self) -> None:
        """Forget the choice: the best that comes along answers."""
        self.change(True, model="", model_title="")
        self._announcer.announce(ModelChanged(self.view()))

    def change(self, keep: bool, **settings: object) -> None:
        """Change the settings named; unless ``keep``, for this session only."""
        self.settings = msgspec.structs.replace(self.settings, **settings)
        if keep:
            self.keep_settings()

    def keep_settings(self) -> None:
        """Write the settings down."""
        write_settings(self._home.settings, self.settings)

    def passages(self, view: ModelView) -> int:
        """How many passages a question to ``view`` is answered from."""
        wanted = self.settings.passages
        return min(wanted, STARTER_PASSAGES) if view.kind == STARTER else wanted

    async def load(self, view: ModelView) -> Loaded:
        """Have the generator hold the model of ``view``; at once where it already does."""
        return await self._child.prepare(self.load_body(view), Loaded)

    def load_body(self, view: ModelView) -> Load:
        """Raises Problem ``model_missing`` when the file has gone since it was chosen."""
        if not Path(view.path).is_file():
            raise Problem("model_missing", name=view.path)
        return Load(view.path, self.settings.context, self.settings.threads)

    async def count(self, view: ModelView, texts: Sequence[str]) -> dict[str, int]:
        """The model's tokens of each text."""
        needs = self.load_body(view)
        counted = await self._child.call(Count(list(texts)), Counted, needs=needs)
        return dict(zip(texts, counted.tokens, strict=True))

    async def measure(self, view: ModelView, messages: Sequence[Message]) -> PromptSize:
        """The model's tokens of a whole prompt."""
        needs = self.load_body(view)
        return (await self._child.call(Measure(list(messages)), Measured, needs=needs)).size


def check_model(path: Path) -> GgufFacts:
    """Read the file's header, as data. Raises Problem when it cannot be a model of ours."""
    try:
        with path.open("rb") as stream:
            return read_header(stream, path.stat().st_size, path.name)
    except FileNotFoundError:
        raise Problem("model_missing", name=path) from None
    except (IsADirectoryError, PermissionError):
        raise Problem("no_rights", name=path) from None
