"""The graphics cards that llama.cpp, as it was built here, can use.

A driver may hang, or end the process that asks it, so this is for a process that may be lost.
"""

from __future__ import annotations

import ctypes
from typing import Any, Protocol

from workspaces.protocol.messages import Card

_GRAPHICS = (1, 2)
"""ggml's numbers for devices with memory of their own and for those that share the machine's."""


class Devices(Protocol):
    """What llama.cpp can compute on, the processor included, by numbers from 0."""

    def count(self) -> int: ...

    def kind(self, number: int) -> int:
        """ggml's number of what it is."""
        ...

    def description(self, number: int) -> bytes:
        """In UTF-8."""
        ...

    def memory(self, number: int) -> int:
        """All it has, in bytes."""
        ...


def cards(devices: Devices | None = None) -> list[Card]:
    """The cards among ``devices``, which by default are llama.cpp's."""
    devices = devices or _GgmlDevices()
    return [
        Card(devices.description(number).decode("utf-8", "replace"), devices.memory(number))
        for number in range(devices.count())
        if devices.kind(number) in _GRAPHICS
    ]


class _GgmlDevices:
    """Those of ggml's registry (``ggml-backend.h``), which llama-cpp-python loads but declares no
    function of."""

    def __init__(self) -> None:
        from llama_cpp._ctypes_extensions import load_shared_library
        from llama_cpp._ggml import libggml, libggml_base_path

        self._registry = libggml
        self._devices = load_shared_library("ggml-base", libggml_base_path)

    def count(self) -> int:
        return int(_function(self._registry, "count", ctypes.c_size_t)())

    def kind(self, number: int) -> int:
        return int(_function(self._devices, "type", ctypes.c_int)(self._device(number)))

    def description(self, number: int) -> bytes:
        describe = _function(self._devices, "description", ctypes.c_char_p)
        return describe(self._device(number)) or b""

    def memory(self, number: int) -> int:
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        measure = _function(self._devices, "memory", None)
        measure(self._device(number), ctypes.byref(free), ctypes.byref(total))
        return total.value

    def _device(self, number: int) -> ctypes.c_void_p:
        get = _function(self._registry, "get", ctypes.c_void_p)
        return ctypes.c_void_p(get(ctypes.c_size_t(number)))


def _function(library: ctypes.CDLL, name: str, gives: type[Any] | None) -> Any:
    function = library[f"ggml_backend_dev_{name}"]  # a new one each time: nobody else's is changed
    function.restype = gives
    return function
