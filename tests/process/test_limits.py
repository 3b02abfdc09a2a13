"""A hostile file costs its own reading, within seconds, and nothing else."""

from __future__ import annotations

import asyncio
import os
import sys
import time
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psutil
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.process.limited_role import LIMIT
from workspaces.core.reasons import Problem
from workspaces.engine.child import Child
from workspaces.engine.faults import Fault
from workspaces.engine.life import Limits
from workspaces.protocol.messages import Admit, Admitted, Discard, Extract, Extracted, Nothing, Step
from workspaces.worker.limits import MOST

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
LIMITED = [sys.executable, str(Path(__file__).parent / "limited_role.py")]
READER = [sys.executable, "-P", "-m", "workspaces.worker", "reader"]

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps a hard limit")


@pytest.fixture
async def limited() -> AsyncIterator[Child]:
    child = Child("limited", LIMITED, ENVIRONMENT)
    yield child
    await child.stop()


@pytest.fixture
async def watched() -> AsyncIterator[Child]:
    child = Child("watched", [*LIMITED, "watched"], ENVIRONMENT)
    yield child
    await child.stop()


@pytest.fixture
async def reader() -> AsyncIterator[Child]:
    child = Child("reader", READER, ENVIRONMENT, Limits(cancel=1.5))
    yield child
    await child.stop()


async def most_memory(child: Child, is_over: Callable[[], bool]) -> int:
    """The most bytes of memory the child had at any time until ``is_over``."""
    most = 0
    while not is_over():
        await asyncio.sleep(0.02)
        if child.pid is not None and psutil.pid_exists(child.pid):
            most = max(most, psutil.Process(child.pid).memory_info().rss)
    return most


@on_linux
async def test_too_much_memory_ends_at_the_limit(limited: Child) -> None:
    asking = asyncio.ensure_future(limited.call(Discard("memory"), Nothing))
    most = await most_memory(limited, asking.done)
    with pytest.raises(Fault) as caught:
        await asking
    assert caught.value.reason.code == "out_of_memory"
    assert most < LIMIT
    assert await limited.call(Discard("nothing"), Nothing) == Nothing()


async def test_where_the_system_keeps_no_limit_a_thread_does(watched: Child) -> None:
    assert await watched.call(Discard("nothing"), Nothing) == Nothing()
    with pytest.raises(Fault) as caught:
        await watched.call(Discard("memory"), Nothing)
    assert caught.value.reason.code == "out_of_memory"
    assert await watched.call(Discard("nothing"), Nothing) == Nothing()


async def test_time_without_progress_ends_with_patience(limited: Child) -> None:
    with pytest.raises(Fault) as caught:
        await limited.call(Discard("time"), Nothing, patience=1.0)
    assert caught.value.reason.code == "killed"
    assert await limited.call(Discard("nothing"), Nothing) == Nothing()


def pdf_of(content: bytes, path: Path) -> Path:
    """A page that draws what ``content``, compressed, says."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, 1))
    path.write_bytes(b"%PDF-1.7\n" + body + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF")
    return path


@on_linux
@pytest.mark.slow
async def test_a_page_of_a_gigabyte_ends_the_reader_and_not_the_machine(
    reader: Child, tmp_path: Path
) -> None:
    text = b"BT /F 12 Tf 9 9 Td " + b"(seals) Tj " * 10_000_000 + b"ET"
    path = pdf_of(zlib.compress(text), tmp_path / "bomb.pdf")
    assert path.stat().st_size < 1_000_000
    asking = asyncio.ensure_future(extract(reader, path))
    most = await most_memory(reader, asking.done)
    with pytest.raises(Fault) as caught:
        await asking
    assert caught.value.reason.code in ("out_of_memory", "crashed")
    assert most < MOST
    good = pdf_of(zlib.compress(b"BT /F 12 Tf 9 9 Td (seals) Tj ET"), tmp_path / "good.pdf")
    assert (await extract(reader, good)).characters == 5


async def test_a_deep_page_tree_and_an_absurd_count_are_survived(
    reader: Child, tmp_path: Path
) -> None:
    path = pdf_of(zlib.compress(b"[" * 1_000_000), tmp_path / "deep.pdf")
    with pytest.raises(Problem) as caught:
        await extract(reader, path)
    assert caught.value.reason.code in ("no_text", "corrupt")
    path.write_bytes(path.read_bytes().replace(b"/Count 1", b"/Count 2000000000"))
    with pytest.raises(Problem) as caught:
        await extract(reader, path)
    assert caught.value.reason.code in ("no_text", "corrupt")
    path.write_bytes(path.read_bytes().replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"))
    with pytest.raises(Problem) as caught:
        await extract(reader, path)
    assert caught.value.reason.code in ("no_text", "corrupt")
    assert not isinstance(caught.value, Fault)


@pytest.mark.slow
async def test_ten_thousand_pages_are_read_with_progress_and_little_memory(
    reader: Child, tmp_path: Path
) -> None:
    path = book(tmp_path / "book.pdf", 10_000)
    steps: list[object] = []
    asking = asyncio.ensure_future(extract(reader, path, steps))
    most = await most_memory(reader, asking.done)
    assert (await asking).places == 10_000
    assert steps == [Step(number, 10_000) for number in range(10_001)]
    assert most < 250 * 1024**2


async def test_a_long_book_is_cancelled_between_pages(reader: Child, tmp_path: Path) -> None:
    path = book(tmp_path / "book.pdf", 2000)
    steps: list[object] = []
    asking = asyncio.ensure_future(extract(reader, path, steps))
    while len(steps) < 10:
        await asyncio.sleep(0.01)
    pid, begun = reader.pid, time.monotonic()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert time.monotonic() - begun < 1.5
    assert not (tmp_path / "text.jsonl").exists()
    assert (await extract(reader, book(tmp_path / "short.pdf", 3))).places == 3
    assert reader.pid == pid


async def test_what_is_no_file_never_holds_the_reader_up(reader: Child, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    odd = [
        "pipe",
        "round",
        "two\nlines",
        "../../../../../../etc",
        "x" * 300,
        "/dev/zero",
        "/dev/stdin",
    ]
    for name in odd:
        target = tmp_path / "original"
        body = Admit(str(tmp_path / name), str(target), 1024**2)
        with pytest.raises(Problem) as caught:
            await reader.call(body, Admitted, patience=5.0)
        assert not isinstance(caught.value, Fault)
        assert not target.exists()


def book(path: Path, pages: int) -> Path:
    canvas = Canvas(str(path))
    for number in range(pages):
        canvas.drawString(72, 720, f"Page {number + 1} of a long book about seals.")
        canvas.showPage()
    canvas.save()
    return path


async def extract(reader: Child, path: Path, steps: list[object] | None = None) -> Extracted:
    body = Extract(str(path), "pdf", path.name, str(path.with_name("text.jsonl")))
    hear = steps.append if steps is not None else None
    return await reader.call(body, Extracted, on_progress=hear, patience=60.0)
