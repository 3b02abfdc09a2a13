"""How a child ended, as a sentence for the person."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from workspaces.core.reasons import Problem, Reason

# Phrases on stderr that mean "no memory", by who prints them: Python, C++, ggml, Rust (LanceDB).
NO_MEMORY = ("MemoryError", "std::bad_alloc", "failed to allocate", "memory allocation of")


class Fault(Problem):
    """A request ended because its process did, not because of what was asked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a process of ``role`` ended. ``code`` is its exit status, negative for a signal;
    ``last_words`` is the end of its stderr; ``had_memory`` is true where the kernel is known to
    have ended nothing for want of memory while it lived."""

    role: str
    code: int | None
    last_words: str
    killed_by_us: bool = False
    nonsense: bool = False
    had_memory: bool = False

    def reason(self) -> Reason:
        """What to tell the person."""
        if self.killed_by_us:
            return Reason("killed", {"role": self.role})
        if not self.nonsense and self._no_memory():
            return Reason("out_of_memory", {"role": self.role})
        if not self.nonsense and self._sigkill():
            return Reason("ended_from_outside", {"role": self.role})
        return Reason("crashed", {"role": self.role, "details": self._details()})

    def _no_memory(self) -> bool:
        # Who sends SIGKILL without our knowing is mostly the kernel, for want of memory.
        killed = self._sigkill() and not self.had_memory
        return killed or any(phrase in self.last_words for phrase in NO_MEMORY)

    def _sigkill(self) -> bool:
        return self.code == -getattr(signal, "SIGKILL", 9)

    def _details(self) -> str:
        if self.nonsense:
            return "it sent something that is not a message"
        if self.code is not None and self.code < 0:
            return f"signal {signal.Signals(-self.code).name}"
        last = self.last_words.strip().splitlines()
        return last[-1][:200] if last else f"exit code {self.code}"
