"""Watched folders: what happens in them happens to their documents."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.services.stage import Stage
from workspaces.core.reasons import Problem
from workspaces.core.types import DocumentState
from workspaces.library.folder_events import FolderEvents
from workspaces.services import following
from workspaces.services.quire import Quire
from workspaces.services.views import DocumentView, WatchesChanged, WatchView

OILS = {"oil.txt": "Replace the oil filter every 500 hours.", "seal.txt": "The seals last a year."}


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test does not write slowly, and does not wait for a minute."""
    monkeypatch.setattr(following, "QUIET", 0.3)
    monkeypatch.setattr(following, "POLL", 0.5)


@pytest.fixture(autouse=True)
async def nothing_dangles(stage: Stage) -> AsyncIterator[None]:
    """Closing ends every thread and every task that followed a folder."""
    threads = set(threading.enumerate())
    yield
    await stage.close()
    left = set(threading.enumerate()) - threads
    # asyncio's own, which waits for a child that has ended
    assert [each for each in left if not each.name.startswith("asyncio-waitpid")] == []
    assert [task for task in asyncio.all_tasks() if "Following" in str(task.get_coro())] == []


@pytest.fixture
def oils(tmp_path: Path) -> Path:
    """A folder with two documents."""
    folder = tmp_path / "oils"
    folder.mkdir()
    for name, text in OILS.items():
        (folder / name).write_text(text)
    return folder


class Watched:
    """A workspace that watches a folder."""

    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage = stage
        self.folder = folder
        self.workspace = ""
        self.watch = ""

    @property
    def quire(self) -> Quire:
        assert self.stage.quire is not None
        return self.stage.quire

    async def begin(self, follow: bool = False, name: str = "Garage") -> Watched:
        if self.stage.quire is None:
            await self.stage.open()
        self.workspace = (await self.quire.create_workspace(name)).id
        view = await self.quire.watch_folder(self.workspace, str(self.folder), follow=follow)
        self.watch = view.id
        await self.settled()
        return self

    async def restart(self) -> None:
        await self.stage.close()
        await self.stage.open()
        await self.quire.follow_watches()

    async def settled(self) -> None:
        """All that was offered so far has ended."""
        ids = [row.id for row in await self.quire.list_documents(self.workspace)]
        await self.quire.wait_for_documents(self.workspace, ids)

    async def rows(self) -> dict[str, DocumentView]:
        """The documents by their paths in the folder (or in full, outside); one a path."""
        rows = await self.quire.list_documents(self.workspace)
        named = {os.path.relpath(row.path, self.folder): row for row in rows}
        assert len(named) == len(rows), [(row.path, row.state) for row in rows]
        return named

    async def view(self) -> WatchView:
        (view,) = await self.quire.list_watches(self.workspace)
        return view

    async def problem(self) -> str:
        view = await self.view()
        return view.problem.code if view.problem else ""

    async def texts(self, words: str) -> str:
        """What one search finds."""
        found = await self.quire.search(self.workspace, words)
        return "\n".join(passage.text for passage in found)

    async def finds(self, words: str) -> bool:
        return words in await self.texts(words)

    async def are_ready(self, *names: str) -> None:
        """Until these are the documents, and all of them are ready."""

        async def there() -> bool:
            rows = await self.quire.list_documents(self.workspace)
            paths = sorted(os.path.relpath(row.path, self.folder) for row in rows)
            return paths == sorted(names) and all(row.state == "ready" for row in rows)

        await until(there)

    async def are_gone(self, count: int) -> None:
        async def counted() -> bool:
            return (await self.view()).gone == count

        await until(counted)

    async def outcome(self) -> dict[str, int]:
        """How everything ever offered ended."""
        states: dict[str, int] = {}
        for row in await self.quire.report(self.workspace):
            states[row.state] = states.get(row.state, 0) + 1
        return states

    async def looks_once_more(self) -> None:
        """What is written now has been taken in: all that was before has been seen."""
        words = f"marker {os.urandom(8).hex()}"
        (self.folder / "marker.txt").write_text(words)
        await until(lambda: self.finds(words))
        await self.settled()


async def until(reached: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not await reached():
            await asyncio.sleep(0.02)


# --- what happens in the folder -------------------------------------------------------------------


async def test_what_is_there_and_what_is_added_is_taken_in(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin()
    assert sorted(await garage.rows()) == ["oil.txt", "seal.txt"]
    (oils / "new" / "deeper").mkdir(parents=True)
    (oils / "new" / "deeper" / "tyre.txt").write_text("Tyres want 2.4 bar.")
    await garage.are_ready("oil.txt", "seal.txt", "new/deeper/tyre.txt")
    assert await garage.finds("Tyres want")


async def test_a_changed_file_is_found_without_a_gap(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin()
    (oils / "oil.txt").write_text("Replace the oil filter every 900 hours, always.")
    async with asyncio.timeout(30):
        while "900 hours" not in (texts := await garage.texts("oil filter")):
            assert "500 hours" in texts
    await garage.are_ready("oil.txt", "seal.txt")
    assert not await garage.finds("500 hours")
    assert (await garage.outcome())["replaced"] == 1


@pytest.mark.slow
async def test_a_file_written_again_with_the_same_content_changes_nothing(
    stage: Stage, oils: Path
) -> None:
    garage = await Watched(stage, oils).begin()
    before = await garage.rows()
    (oils / "oil.txt").write_text(OILS["oil.txt"])
    await garage.looks_once_more()
    after = await garage.rows()
    assert {name: after[name] for name in before} == before
    os.utime(oils / "seal.txt", (1, 1))
    (oils / "marker.txt").unlink()
    await garage.are_gone(1)

    async def both_are_unchanged() -> bool:
        rows = await garage.quire.report(garage.workspace)
        return [row.reason.code for row in rows if row.reason] == ["unchanged", "unchanged"]

    await until(both_are_unchanged)
    after = await garage.rows()
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("follow", [False, True])
async def test_a_moved_file_keeps_its_document(stage: Stage, oils: Path, follow: bool) -> None:
    garage = await Watched(stage, oils).begin(follow)
    before = await garage.rows()
    (oils / "sub").mkdir()
    (oils / "oil.txt").rename(oils / "sub" / "engine oil.txt")
    await garage.are_ready("sub/engine oil.txt", "seal.txt")
    after = (await garage.rows())["sub/engine oil.txt"]
    assert (after.id, after.name, after.gone) == (before["oil.txt"].id, "engine oil.txt", False)
    await garage.looks_once_more()
    assert (await garage.view()).gone == 0
    assert await garage.outcome() == {"ready": 3, "moved": 1}


@pytest.mark.slow
async def test_a_renamed_folder_takes_its_documents_along(stage: Stage, oils: Path) -> None:
    (oils / "old").mkdir()
    for number in range(5):
        (oils / "old" / f"{number}.txt").write_text(f"Sheet number {number} of the manual.")
    garage = await Watched(stage, oils).begin(follow=True)
    before = {row.id for row in await garage.quire.list_documents(garage.workspace)}
    (oils / "old").rename(oils / "new")
    await garage.are_ready("oil.txt", "seal.txt", *(f"new/{number}.txt" for number in range(5)))
    after = {row.id for row in await garage.quire.list_documents(garage.workspace)}
    assert after == before
    assert await garage.outcome() == {"ready": 7, "moved": 5}
    (oils / "new" / "0.txt").write_text("Sheet number 0, written anew.")
    await garage.are_ready("oil.txt", "seal.txt", *(f"new/{number}.txt" for number in range(5)))


@pytest.mark.slow
@pytest.mark.parametrize(("source", "target"), [("oil.txt", "seal.txt"), ("seal.txt", "oil.txt")])
async def test_a_file_moved_over_another_takes_its_place(
    stage: Stage, oils: Path, source: str, target: str
) -> None:
    garage = await Watched(stage, oils).begin()
    before = await garage.rows()
    (oils / source).rename(oils / target)
    await garage.are_ready(target)
    after = (await garage.rows())[target]
    assert after.id == before[source].id and not after.gone
    assert await garage.finds(OILS[source])
    assert not await garage.finds(OILS[target])
    assert (await garage.outcome())["replaced"] == 1


@pytest.mark.slow
async def test_two_files_that_change_places_are_both_found(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin(follow=True)
    (oils / "oil.txt").rename(oils / "third.txt")
    (oils / "seal.txt").rename(oils / "oil.txt")
    (oils / "third.txt").rename(oils / "seal.txt")
    os.utime(oils / "oil.txt")

    async def have_changed_places() -> bool:
        found = await garage.quire.search(garage.workspace, "oil filter seals")
        return {found.name: found.text for found in found} == {
            "oil.txt": OILS["seal.txt"],
            "seal.txt": OILS["oil.txt"],
        }

    await until(have_changed_places)
    await garage.are_ready("oil.txt", "seal.txt")


@pytest.mark.slow
async def test_a_file_copied_and_then_deleted_has_moved(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin()
    before = (await garage.rows())["oil.txt"].id
    shutil.copy(oils / "oil.txt", oils / "copy.txt")

    async def is_duplicate() -> bool:
        rows = await garage.rows()
        return "copy.txt" in rows and rows["copy.txt"].state is DocumentState.DUPLICATE

    await until(is_duplicate)
    (oils / "oil.txt").unlink()
    await garage.are_ready("copy.txt", "seal.txt")
    assert (await garage.rows())["copy.txt"].id == before
    assert (await garage.view()).gone == 0


@pytest.mark.slow
async def test_a_moved_and_changed_file_is_another_one(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin()
    before = (await garage.rows())["oil.txt"].id
    (oils / "oil.txt").rename(oils / "oil 2.txt")
    (oils / "oil 2.txt").write_text("Replace the oil filter every 700 hours, as a rule.")
    await garage.are_ready("oil.txt", "oil 2.txt", "seal.txt")
    await garage.are_gone(1)
    rows = await garage.rows()
    assert rows["oil.txt"].gone and rows["oil.txt"].id == before
    assert not rows["oil 2.txt"].gone


async def test_a_deleted_file_is_removed_where_that_is_set(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin(follow=True)
    (oils / "oil.txt").unlink()
    await garage.are_ready("seal.txt")
    assert not await garage.finds("500 hours")
    (row,) = [row for row in await garage.quire.report(garage.workspace) if not row.here]
    assert row.state == "removed"
    assert row.reason is not None and row.reason.code == "left_folder"
    (oils / "oil.txt").write_text(OILS["oil.txt"])
    os.utime(oils / "oil.txt", (1, 1))  # out of the dustbin, as old as it was
    await garage.are_ready("oil.txt", "seal.txt")


@pytest.mark.parametrize("remove", [False, True])
async def test_a_deleted_file_is_asked_about(stage: Stage, oils: Path, remove: bool) -> None:
    garage = await Watched(stage, oils).begin()
    stage.changes.clear()
    (oils / "oil.txt").unlink()
    await garage.are_gone(1)
    assert WatchesChanged(garage.workspace) in stage.changes
    assert (await garage.rows())["oil.txt"].gone
    assert await garage.finds("500 hours")
    removal = await garage.quire.settle_gone(garage.workspace, garage.watch, remove)
    assert removal.clean and removal.documents == int(remove)
    assert (await garage.view()).gone == 0
    assert await garage.finds("500 hours") is not remove
    await garage.looks_once_more()
    assert ("oil.txt" in await garage.rows()) is not remove
    (oils / "oil.txt").write_text(OILS["oil.txt"])
    await garage.looks_once_more()
    (oils / "oil.txt").unlink()  # it follows the folder again, in both cases
    await garage.are_gone(1)


@pytest.mark.slow
async def test_a_file_that_comes_back_is_no_longer_gone(
    stage: Stage, oils: Path, tmp_path: Path
) -> None:
    garage = await Watched(stage, oils).begin()
    before = await garage.rows()
    (oils / "oil.txt").rename(tmp_path / "oil.txt")
    await garage.are_gone(1)
    (tmp_path / "oil.txt").rename(oils / "oil.txt")
    await garage.are_gone(0)
    assert await garage.rows() == before


@pytest.mark.slow
async def test_a_file_saved_by_rename_stays_where_it_is(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin(follow=True)
    for text in ("Oil, second draft.", "Oil, third draft."):
        (oils / "oil.txt~").write_text(text)
        (oils / "oil.txt").unlink()
        (oils / "oil.txt~").rename(oils / "oil.txt")
    await garage.are_ready("oil.txt", "seal.txt")

    async def is_new() -> bool:
        return await garage.finds("third draft")

    await until(is_new)
    await garage.looks_once_more()
    assert "removed" not in await garage.outcome()


@pytest.mark.slow
async def test_a_copy_takes_over_when_the_file_it_repeats_is_deleted(
    stage: Stage, oils: Path
) -> None:
    shutil.copy(oils / "oil.txt", oils / "copy 1.txt")
    shutil.copy(oils / "oil.txt", oils / "copy 2.txt")
    garage = await Watched(stage, oils).begin(follow=True)
    for name in ("oil.txt", "copy 1.txt", "copy 2.txt"):
        assert await garage.finds("500 hours")
        (oils / name).unlink()
        await garage.looks_once_more()
        (oils / "marker.txt").unlink()
    await garage.are_ready("seal.txt")
    assert not await garage.finds("500 hours")


@pytest.mark.slow
async def test_a_file_is_not_taken_in_while_it_is_written(
    stage: Stage, oils: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "QUIET", 1.5)
    garage = await Watched(stage, oils).begin()
    with (oils / "log.txt").open("w") as stream:
        for number in range(20):
            stream.write(f"Line {number} of the log.\n")
            stream.flush()
            await asyncio.sleep(0.05)
    await garage.are_ready("log.txt", "oil.txt", "seal.txt")
    assert await garage.outcome() == {"ready": 3}


@pytest.mark.slow
async def test_a_folder_that_is_never_quiet_is_followed_all_the_same(
    stage: Stage, oils: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "QUIET", 5.0)
    monkeypatch.setattr(following, "NOT_QUIET", 0.5)
    garage = await Watched(stage, oils).begin()

    async def never_quiet() -> None:
        while True:
            (oils / "log.txt").write_text("The same again.")
            await asyncio.sleep(0.2)

    writing = asyncio.create_task(never_quiet())
    (oils / "tyre.txt").write_text("Tyres want 2.4 bar.")
    await until(lambda: garage.finds("Tyres want"))
    writing.cancel()


@pytest.mark.slow
async def test_a_new_file_as_large_as_a_deleted_one_is_not_that(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin(follow=True)
    (oils / "oil.txt").unlink()
    (oils / "new.txt").write_text(OILS["oil.txt"][::-1])
    await garage.are_ready("new.txt", "seal.txt")
    assert not await garage.finds("500 hours")


# --- what is taken in -----------------------------------------------------------------------------


@pytest.mark.slow
async def test_subfolders_are_left_out_where_that_is_set(stage: Stage, oils: Path) -> None:
    (oils / "sub").mkdir()
    (oils / "sub" / "tyre.txt").write_text("Tyres want 2.4 bar.")
    quire = await stage.open()
    garage = Watched(stage, oils)
    garage.workspace = (await quire.create_workspace("Garage")).id
    view = await quire.watch_folder(garage.workspace, str(oils), subfolders=False)
    await garage.are_ready("oil.txt", "seal.txt")
    view = await quire.change_watch(garage.workspace, view.id, True, (), False)
    assert view.subfolders
    await garage.are_ready("oil.txt", "seal.txt", "sub/tyre.txt")
    (oils / "sub" / "brake.txt").write_text("Brake fluid is changed every two years.")
    await garage.are_ready("oil.txt", "seal.txt", "sub/tyre.txt", "sub/brake.txt")


@pytest.mark.slow
async def test_what_is_ignored_from_now_on_has_left(stage: Stage, oils: Path) -> None:
    (oils / "notes.log").write_text("A log of the garage.")
    quire = await stage.open()
    garage = Watched(stage, oils)
    garage.workspace = (await quire.create_workspace("Garage")).id
    view = await quire.watch_folder(garage.workspace, str(oils), ignore=["*.log"])
    await garage.are_ready("oil.txt", "seal.txt")
    view = await quire.change_watch(garage.workspace, view.id, True, ["*"], False)
    assert (view.ignore, view.gone, view.problem) == (("*",), 2, None)
    view = await quire.change_watch(garage.workspace, view.id, True, ["oil*"], True)
    await garage.are_ready("notes.log", "seal.txt")


@pytest.mark.slow
async def test_noise_and_hidden_files_wake_nobody(
    stage: Stage, oils: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    garage = await Watched(stage, oils).begin()
    looks = []
    monkeypatch.setattr(following.Following, "_heard", lambda self: looks.append(1))
    monkeypatch.setattr(FolderEvents, "_tell", lambda self: looks.append(1))
    (oils / ".git").mkdir()
    (oils / ".git" / "index").write_text("x")
    (oils / "film.part").write_text("x")
    (oils / "~$oil.docx").write_text("x")
    (oils / "oil.txt").read_text()
    await asyncio.sleep(0.5)
    assert looks == []
    (oils / "real.txt").write_text("x")
    await asyncio.sleep(0.5)
    assert looks
    assert sorted(await garage.rows()) == ["oil.txt", "seal.txt"]


@pytest.mark.slow
async def test_what_was_added_by_hand_is_adopted(stage: Stage, oils: Path) -> None:
    quire = await stage.open()
    garage = Watched(stage, oils)
    garage.workspace = (await quire.create_workspace("Garage")).id
    await quire.add_documents(garage.workspace, [str(oils / "oil.txt")])
    await garage.settled()
    before = (await garage.rows())["oil.txt"].id
    await quire.watch_folder(garage.workspace, str(oils))
    await garage.are_ready("oil.txt", "seal.txt")
    assert (await garage.rows())["oil.txt"].id == before
    assert await garage.outcome() == {"ready": 2}
    (oils / "oil.txt").unlink()
    await garage.are_gone(1)


@pytest.mark.slow
async def test_a_refused_file_is_offered_again_only_once_it_changed(
    stage: Stage, oils: Path
) -> None:
    picture = oils / "picture.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    garage = await Watched(stage, oils).begin()
    refused = (await garage.rows())["picture.txt"]
    assert refused.state is DocumentState.REFUSED
    await garage.looks_once_more()
    await garage.restart()
    await garage.settled()
    assert (await garage.rows())["picture.txt"] == refused
    assert (await garage.outcome())["refused"] == 1
    picture.write_text("Words instead of a picture.")
    await garage.are_ready("marker.txt", "oil.txt", "picture.txt", "seal.txt")


@pytest.mark.slow
async def test_nobody_is_asked_about_a_refused_file_that_was_deleted(
    stage: Stage, oils: Path
) -> None:
    (oils / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    garage = await Watched(stage, oils).begin()
    (oils / "picture.txt").unlink()
    await garage.are_ready("oil.txt", "seal.txt")
    assert (await garage.view()).gone == 0


@pytest.mark.slow
async def test_what_a_person_removed_stays_away_until_it_changes(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin()
    await garage.quire.remove_documents(garage.workspace, ["oil.txt"])
    await garage.looks_once_more()
    await garage.restart()
    assert sorted(await garage.rows()) == ["marker.txt", "seal.txt"]
    (oils / "oil.txt").write_text("Replace the oil filter every 900 hours.")
    await garage.are_ready("marker.txt", "oil.txt", "seal.txt")


@pytest.mark.slow
async def test_a_link_out_of_the_folder_is_told_once(
    stage: Stage, oils: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("The safe opens with 4711.")
    (oils / "link.txt").symlink_to(tmp_path / "secret.txt")
    (oils / "dangling.txt").symlink_to(tmp_path / "nowhere")
    garage = await Watched(stage, oils).begin()
    assert (await garage.rows())["link.txt"].state is DocumentState.REFUSED
    await garage.looks_once_more()
    assert await garage.outcome() == {"ready": 3, "refused": 1}
    (oils / "link.txt").unlink()
    await garage.are_ready("marker.txt", "oil.txt", "seal.txt")


# --- when the folder, the import or Quire is away -------------------------------------------------


@pytest.mark.parametrize("follow", [False, True])
async def test_a_folder_that_is_not_there_has_not_been_emptied(
    stage: Stage, oils: Path, tmp_path: Path, follow: bool
) -> None:
    garage = await Watched(stage, oils).begin(follow)
    before = await garage.rows()
    await stage.close()
    oils.rename(tmp_path / "away")
    await garage.restart()
    assert await garage.problem() == "watch_missing"
    assert await garage.rows() == before
    (tmp_path / "away" / "seal.txt").unlink()
    (tmp_path / "away").rename(oils)

    async def is_back() -> bool:
        return await garage.problem() == ""

    await until(is_back)
    if follow:
        await garage.are_ready("oil.txt")
    else:
        await garage.are_gone(1)
    (oils / "tyre.txt").write_text("Tyres want 2.4 bar.")
    await garage.are_ready("oil.txt", "tyre.txt", *([] if follow else ["seal.txt"]))


@pytest.mark.slow
async def test_a_folder_that_goes_away_and_comes_back_is_heard_again(
    stage: Stage, oils: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    garage = await Watched(stage, oils).begin(follow=True)
    before = await garage.rows()
    shutil.copytree(oils, tmp_path / "backup")
    shutil.rmtree(oils)

    async def is_missing() -> bool:
        return await garage.problem() == "watch_missing"

    await until(is_missing)
    assert await garage.rows() == before
    (tmp_path / "backup").rename(oils)

    async def is_back() -> bool:
        return await garage.problem() == ""

    await until(is_back)
    monkeypatch.setattr(following, "POLL", 3600.0)
    await garage.looks_once_more()
    (oils / "tyre.txt").write_text("Tyres want 2.4 bar.")
    await garage.are_ready("marker.txt", "oil.txt", "seal.txt", "tyre.txt")
    assert "removed" not in await garage.outcome()


@pytest.mark.slow
@pytest.mark.parametrize("put_away", [shutil.rmtree, lambda folder: folder.rename(f"{folder}.old")])
async def test_another_folder_in_the_same_place_is_heard(
    stage: Stage,
    oils: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    put_away: Callable[[Path], object],
) -> None:
    monkeypatch.setattr(following, "CHECK", 0.5)
    garage = await Watched(stage, oils).begin(follow=True)
    shutil.copytree(oils, tmp_path / "other")
    (tmp_path / "other" / "tyre.txt").write_text("Tyres want 2.4 bar.")
    put_away(oils)
    (tmp_path / "other").rename(oils)
    await garage.are_ready("oil.txt", "seal.txt", "tyre.txt")
    monkeypatch.setattr(following, "CHECK", 3600.0)
    await asyncio.sleep(2)
    (oils / "brake.txt").write_text("Brake fluid is changed every two years.")
    await garage.are_ready("brake.txt", "oil.txt", "seal.txt", "tyre.txt")
    assert await garage.outcome() == {"ready": 4}


@pytest.mark.slow
async def test_what_listens_is_started_again_when_it_ends(
    stage: Stage, oils: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers.api import EventEmitter

    monkeypatch.setattr(following, "CHECK", 0.5)
    garage = await Watched(stage, oils).begin()
    (emitter,) = [each for each in threading.enumerate() if isinstance(each, EventEmitter)]
    emitter.stop()
    await asyncio.sleep(2)
    monkeypatch.setattr(following, "CHECK", 3600.0)
    await garage.looks_once_more()
    (oils / "tyre.txt").write_text("Tyres want 2.4 bar.")
    await garage.are_ready("marker.txt", "oil.txt", "seal.txt", "tyre.txt")


@pytest.mark.slow
async def test_an_empty_mount_point_is_no_emptied_folder(
    stage: Stage, oils: Path, tmp_path: Path
) -> None:
    garage = await Watched(stage, oils).begin(follow=True)
    before = await garage.rows()
    await stage.close()
    oils.rename(tmp_path / "drive")
    oils.mkdir()
    await garage.restart()
    assert await garage.problem() == "watch_empty"
    assert await garage.rows() == before
    oils.rmdir()
    (tmp_path / "drive").rename(oils)
    await garage.restart()
    assert await garage.problem() == ""
    for name in OILS:  # seen in this session, on this drive: deleted, not unmounted
        (oils / name).unlink()
    await garage.are_ready()


@pytest.mark.slow
async def test_a_drive_pulled_during_a_look_takes_nothing_along(
    stage: Stage, oils: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    garage = await Watched(stage, oils).begin(follow=True)
    before = await garage.rows()

    async def other_device(self: FolderEvents) -> int:
        return -1

    with monkeypatch.context() as patch:
        patch.setattr(FolderEvents, "device", other_device)
        (oils / "oil.txt").unlink()

        async def is_missing() -> bool:
            return await garage.problem() == "watch_missing"

        await until(is_missing)
        assert await garage.rows() == before
    await garage.are_ready("seal.txt")


@pytest.mark.slow
async def test_what_happens_while_the_import_rests_is_sorted_out_later(
    stage: Stage, oils: Path
) -> None:
    garage = await Watched(stage, oils).begin(follow=True)
    before = await garage.rows()
    await garage.quire.pause_import(garage.workspace)
    (oils / "oil.txt").rename(oils / "engine.txt")
    (oils / "tyre.txt").write_text("Tyres want 2.4 bar.")

    async def is_offered() -> bool:
        return "engine.txt" in await garage.rows()

    await until(is_offered)
    (oils / "tyre.txt").write_text("Tyres want 2.4 bar, when they are cold.")
    await asyncio.sleep(1)
    assert (await garage.view()).gone == 0
    assert sorted(await garage.rows()) == ["engine.txt", "oil.txt", "seal.txt", "tyre.txt"]
    await garage.quire.resume_import(garage.workspace)
    await garage.are_ready("engine.txt", "seal.txt", "tyre.txt")
    assert (await garage.rows())["engine.txt"].id == before["oil.txt"].id
    assert await garage.finds("they are cold")
    await garage.looks_once_more()
    assert await garage.outcome() == {"ready": 4, "moved": 1}


@pytest.mark.parametrize("follow", [False, True])
async def test_a_start_finds_what_happened_meanwhile(
    stage: Stage, oils: Path, follow: bool
) -> None:
    for name in ("move.txt", "change.txt"):
        (oils / name).write_text(f"This is what {name} says.")
    garage = await Watched(stage, oils).begin(follow)
    before = await garage.rows()
    await stage.close()
    (oils / "oil.txt").unlink()
    (oils / "move.txt").rename(oils / "moved.txt")
    (oils / "change.txt").write_text("This is what it says now.")
    (oils / "new.txt").write_text("This is new.")
    await garage.restart()
    gone = [] if follow else ["oil.txt"]
    await garage.are_ready("seal.txt", "moved.txt", "change.txt", "new.txt", *gone)
    await garage.are_gone(len(gone))
    assert (await garage.rows())["moved.txt"].id == before["move.txt"].id
    assert await garage.finds("it says now")
    if not follow:
        await garage.restart()
        await garage.are_gone(1)


@pytest.mark.slow
async def test_where_no_events_come_it_is_looked_now_and_then(
    stage: Stage, oils: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from watchdog.observers.api import BaseObserver

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(BaseObserver, "schedule", refuse)
    garage = await Watched(stage, oils).begin()
    assert "inotify watch limit reached" in caplog.text
    (oils / "tyre.txt").write_text("Tyres want 2.4 bar.")
    await garage.are_ready("oil.txt", "seal.txt", "tyre.txt")
    assert await garage.problem() == ""


# --- more than one ----------------------------------------------------------------------------------


@pytest.mark.slow
async def test_two_workspaces_watch_the_same_folder(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin(follow=True)
    museum = await Watched(stage, oils).begin(name="Museum")
    (oils / "oil.txt").unlink()
    await garage.are_ready("seal.txt")
    await museum.are_gone(1)
    assert await museum.finds("500 hours")
    await garage.quire.unwatch_folder(garage.workspace, garage.watch)
    (oils / "tyre.txt").write_text("Tyres want 2.4 bar.")
    await museum.are_ready("oil.txt", "seal.txt", "tyre.txt")
    assert sorted(await garage.rows()) == ["seal.txt"]


@pytest.mark.slow
async def test_documents_stay_when_their_folder_is_no_longer_watched(
    stage: Stage, oils: Path
) -> None:
    garage = await Watched(stage, oils).begin(follow=True)
    await garage.quire.unwatch_folder(garage.workspace, garage.watch)
    assert await garage.quire.list_watches(garage.workspace) == []
    (oils / "oil.txt").unlink()
    await garage.restart()
    assert sorted(await garage.rows()) == ["oil.txt", "seal.txt"]
    assert await garage.outcome() == {"ready": 2}
    for call in (
        garage.quire.unwatch_folder(garage.workspace, garage.watch),
        garage.quire.settle_gone(garage.workspace, garage.watch, True),
        garage.quire.change_watch(garage.workspace, garage.watch, True, (), True),
    ):
        with pytest.raises(Problem, match="not being watched"):
            await call


@pytest.mark.slow
async def test_a_folder_is_watched_anew(stage: Stage, oils: Path) -> None:
    garage = await Watched(stage, oils).begin()
    (oils / "oil.txt").unlink()
    await garage.are_gone(1)
    await garage.quire.unwatch_folder(garage.workspace, garage.watch)
    assert not (await garage.rows())["oil.txt"].gone
    view = await garage.quire.watch_folder(garage.workspace, str(oils))
    assert view.gone == 0  # nobody asks twice about what was kept
    await garage.settled()
    assert await garage.outcome() == {"ready": 2}
    (oils / "seal.txt").rename(oils / "seals.txt")
    await garage.are_ready("oil.txt", "seals.txt")
    (oils / "seals.txt").unlink()
    await garage.are_gone(1)


@pytest.mark.slow
async def test_a_workspace_is_deleted_while_its_folder_is_looked_at(
    stage: Stage, oils: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(300):
        (oils / f"{number}.txt").write_text(f"Sheet number {number} of the manual.")
    quire = await stage.open()
    for delay in (0.0, 0.01, 0.03, 0.1):
        workspace = (await quire.create_workspace("Garage")).id
        watching = asyncio.create_task(quire.watch_folder(workspace, str(oils)))
        await asyncio.sleep(delay)
        removal = await quire.delete_workspace(workspace)
        assert removal.clean
        (outcome,) = await asyncio.gather(watching, return_exceptions=True)
        assert isinstance(outcome, (Problem, WatchView)), outcome
    assert list(stage.home.workspaces.iterdir()) == []
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.slow
async def test_a_watch_is_removed_while_its_folder_is_looked_at(stage: Stage, oils: Path) -> None:
    for number in range(300):
        (oils / f"{number}.txt").write_text(f"Sheet number {number} of the manual.")
    quire = await stage.open()
    workspace = (await quire.create_workspace("Garage")).id
    watching = asyncio.create_task(quire.watch_folder(workspace, str(oils)))
    while not (views := await quire.list_watches(workspace)):
        await asyncio.sleep(0)
    await quire.unwatch_folder(workspace, views[0].id)
    with pytest.raises(Problem, match="not being watched"):
        await watching
    assert await quire.list_watches(workspace) == []
    assert not any(row.gone for row in await quire.list_documents(workspace))


async def test_what_may_not_be_watched(stage: Stage, oils: Path) -> None:
    (oils / "sub").mkdir()
    garage = await Watched(stage, oils).begin()
    home = stage.home.root
    link = oils.parent / "link"
    link.symlink_to(oils)
    for folder, code in [
        (oils / "oil.txt", "not_a_folder"),
        (oils.parent / "nowhere", "not_a_folder"),
        (oils, "watch_taken"),
        (oils / "sub", "watch_taken"),
        (oils / "sub" / "..", "watch_taken"),
        (link, "watch_taken"),
        (home, "watch_home"),
        (home / "workspaces", "watch_home"),
        (home.parent, "watch_home"),
    ]:
        with pytest.raises(Problem) as refusal:
            await garage.quire.watch_folder(garage.workspace, str(folder))
        assert refusal.value.reason.code == code, folder
    beside = oils.parent / "oils and more"
    beside.mkdir()
    await garage.quire.watch_folder(garage.workspace, str(beside))
    await garage.quire.unwatch_folder(garage.workspace, garage.watch)
    await garage.quire.watch_folder(garage.workspace, str(link))
