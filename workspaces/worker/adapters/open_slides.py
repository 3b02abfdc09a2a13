"""Reads ODP: a slide after the other, its title, its texts and tables, and its speaker notes.
Drawings (ODG) are slides without titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from workspaces.core.ports import Reading, ReportStep
from workspaces.core.types import Place
from workspaces.worker.adapters.left_out import left_out
from workspaces.worker.adapters.markup import Element, attribute, local_name
from workspaces.worker.adapters.open_body import OpenBody
from workspaces.worker.adapters.open_package import open_package
from workspaces.worker.adapters.slides_file import slide_places
from workspaces.worker.outline import Block

_UNSEEN = frozenset(("date-time", "page-number"))
"""Frames whose text says nothing of the slide."""


class OpenSlidesReader:
    """:class:`~workspaces.core.ports.DocumentReader` of ODP; a slide is a page."""

    def read(
        self, path: Path, name: str, report: ReportStep, passwords: Sequence[str] = ()
    ) -> Reading:
        with open_package(path, name, passwords, report) as package:
            content = package.content()
            pages = list(content.iter("{*}page"))
            found: list[Place] = []
            silent: list[int] = []
            for number, page in enumerate(pages, 1):
                report(number - 1, len(pages))
                on_page = slide_places(number, _title(page), list(_blocks(page)))
                found += on_page
                if not on_page and next(page.iter("{*}image"), None) is not None:
                    silent.append(number)
            report(len(pages), len(pages))
            warnings = left_out(
                name,
                comments=sum(1 for _each in content.iter("{*}annotation")),
                embedded=package.embedded(content),
            )
            return Reading(found, len(pages) or None, silent, warnings)


def _title(page: Element) -> str:
    frames = (frame for frame in page.iter("{*}frame") if attribute(frame, "class") == "title")
    frame = next(frames, None)
    paragraphs = () if frame is None else frame.iter("{*}p")
    return " ".join(" ".join("".join(map(str, each.itertext())) for each in paragraphs).split())


def _blocks(page: Element) -> Iterator[Block]:
    body = OpenBody({})
    for shape in page:
        if local_name(shape) == "notes":
            yield Block("\n")
            yield from body.blocks(shape)
        elif attribute(shape, "class") not in _UNSEEN:
            yield from body.blocks([shape])
