"""Changing the embedder never destroys: search answers from the old vectors until all are new."""

from __future__ import annotations

import asyncio
import struct
from pathlib import Path

import pytest

from tests.fakes import HashedWordsEmbedder
from tests.services.stage import Stage, filled, names_found
from workspaces.core.reasons import Problem
from workspaces.library.spaces import Role
from workspaces.services.indexing import _in_context as in_context_of
from workspaces.services.quire import Quire
from workspaces.services.views import EmbedderChanged


def model(root: Path, dimension: int) -> str:
    folder = root / f"model-{dimension}"
    folder.mkdir()
    (folder / "dimension").write_text(str(dimension))
    return str(folder)


def dimensions(quire: Quire, workspace: str) -> dict[str, int]:
    folder = quire._shelf.get(workspace)
    found = {
        space.role: folder.passages.vectors(space.id, 0, 1)[0] for space in folder.spaces.all()
    }
    return {role: len(rows[0][2]) // 2 for role, rows in found.items() if rows}


async def votes(quire: Quire, workspace: str) -> bool:
    """Whether the vector side has a say."""
    found = await quire.search(workspace, "oil filter")
    return any(passage.vector_rank is not None for passage in found)


async def test_another_embedder_takes_over_when_all_is_embedded(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    await quire.change_embedder(workspace, model(tmp_path, 32))
    await quire.wait_for_embedder(workspace)
    assert dimensions(quire, workspace) == {Role.PREVIOUS: 64, Role.CURRENT: 32}
    assert (await quire.embedder(workspace)).name == "model-32"
    assert await votes(quire, workspace)
    changes = [change for change in stage.changes if isinstance(change, EmbedderChanged)]
    assert changes[0].embedder.next == "model-32"
    assert changes[-1].embedder.next == ""


async def test_search_answers_from_the_old_one_meanwhile_and_the_change_can_be_cancelled(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    with quire._embedding.resting():
        await quire.change_embedder(workspace, model(tmp_path, 32))
        await asyncio.sleep(0.3)
        assert await votes(quire, workspace)
        view = await quire.embedder(workspace)
        assert (view.next, view.done, view.total) == ("model-32", 0, 3)
        await quire.cancel_embedder_change(workspace)
    assert dimensions(quire, workspace) == {Role.CURRENT: 64}
    assert (await names_found(quire, workspace, "oil filter"))[0] == "oil.txt"


async def test_one_can_go_back_at_once_and_what_came_meanwhile_is_embedded(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    await quire.change_embedder(workspace, model(tmp_path, 32))
    await quire.wait_for_embedder(workspace)
    (papers / "late.txt").write_text("A late document about camels.")
    ids = await quire.add_documents(workspace, [str(papers / "late.txt")])
    await quire.wait_for_documents(workspace, ids)
    await quire.undo_embedder_change(workspace)
    assert dimensions(quire, workspace) == {Role.PREVIOUS: 32, Role.CURRENT: 64}
    assert await votes(quire, workspace)
    await quire.wait_for_embedder(workspace)
    space = quire._shelf.get(workspace).spaces.get(Role.CURRENT)
    assert space is not None
    assert quire._shelf.get(workspace).passages.coverage(space.id) == (4, 4)


async def test_a_change_goes_on_after_a_restart(stage: Stage, papers: Path, tmp_path: Path) -> None:
    quire, workspace = await filled(stage, papers)
    with quire._embedding.resting():
        await quire.change_embedder(workspace, model(tmp_path, 32))
        await stage.close()
    again = await stage.open()
    await again.wait_for_embedder(workspace)
    assert dimensions(again, workspace) == {Role.PREVIOUS: 64, Role.CURRENT: 32}
    assert await votes(again, workspace)


async def test_documents_that_come_meanwhile_are_in_the_new_space_too(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    with quire._embedding.resting():
        await quire.change_embedder(workspace, model(tmp_path, 32))
        (papers / "late.txt").write_text("A late document about camels.")
        ids = await quire.add_documents(workspace, [str(papers / "late.txt")])
    await quire.wait_for_documents(workspace, ids)
    await quire.wait_for_embedder(workspace)
    space = quire._shelf.get(workspace).spaces.get(Role.CURRENT)
    assert space is not None and dimensions(quire, workspace)[Role.CURRENT] == 32
    assert quire._shelf.get(workspace).passages.coverage(space.id) == (4, 4)


async def test_what_is_no_embedder_is_refused_and_nothing_changes(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    (tmp_path / "broken").mkdir()
    with pytest.raises(Problem, match="not an embedding model"):
        await quire.change_embedder(workspace, str(tmp_path / "broken"))
    with pytest.raises(Problem, match="no longer there"):
        await quire.change_embedder(workspace, str(tmp_path / "nowhere"))
    with pytest.raises(Problem, match="already"):
        await quire.change_embedder(workspace, None)
    with pytest.raises(Problem, match="no earlier"):
        await quire.undo_embedder_change(workspace)
    assert dimensions(quire, workspace) == {Role.CURRENT: 64}


async def test_where_the_model_has_gone_keyword_search_goes_on(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    folder = Path(model(tmp_path, 32))
    await quire.change_embedder(workspace, str(folder))
    await quire.wait_for_embedder(workspace)
    folder.rename(tmp_path / "elsewhere")
    assert (await names_found(quire, workspace, "oil filter"))[0] == "oil.txt"
    assert not await votes(quire, workspace)


async def test_it_is_told_what_an_embedder_does_not_know_the_language_of(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    view = await quire.embedder(workspace)
    assert (view.embedded, view.unknown, view.languages, view.unfamiliar) == (3, 0, (), None)
    english = Path(model(tmp_path, 32))
    (english / "english").touch()
    await quire.change_embedder(workspace, str(english))
    await quire.wait_for_embedder(workspace)
    view = await quire.embedder(workspace)
    assert (view.embedded, view.unknown, view.languages) == (3, 1, ("Chinese",))
    assert not view.is_mostly_unfamiliar
    (papers / "表.csv").write_text("1,2\n3,4\n")
    (papers / "вода.txt").write_text("Насос качает воду.")
    (papers / "масло.txt").write_text("Масло меняют каждый год.")
    ids = await quire.add_documents(workspace, [str(papers)])
    await quire.wait_for_documents(workspace, ids)
    view = await quire.embedder(workspace)
    assert view.languages == ("Cyrillic (such as Russian)", "Chinese")
    assert view.is_mostly_unfamiliar and view.unfamiliar is not None
    assert view.unfamiliar.sentence().startswith("4 of 6 passages are in languages")


async def test_a_space_keeps_the_prefixes_it_began_with(
    stage: Stage, papers: Path, tmp_path: Path
) -> None:
    quire, workspace = await filled(stage, papers)
    chosen = model(tmp_path, 32)
    await quire.change_embedder(workspace, chosen)
    await quire.wait_for_embedder(workspace)
    (Path(chosen) / "prefix").write_text("passage: ")
    await stage.close()
    quire = await stage.open()
    (papers / "late.txt").write_text("A late document about camels.")
    ids = await quire.add_documents(workspace, [str(papers / "late.txt")])
    await quire.wait_for_documents(workspace, ids)
    assert all(not begins_with("passage: ", *each) for each in embedded(quire, workspace))
    await quire.change_embedder(workspace, chosen)  # it wants to be asked otherwise by now
    await quire.wait_for_embedder(workspace)
    assert all(begins_with("passage: ", *each) for each in embedded(quire, workspace))
    assert await votes(quire, workspace)
    with pytest.raises(Problem, match="already"):
        await quire.change_embedder(workspace, chosen)


def embedded(quire: Quire, workspace: str) -> list[tuple[str, bytes]]:
    """What was embedded of each passage, without a prefix, and its vector."""
    folder = quire._shelf.get(workspace)
    space = folder.spaces.get(Role.CURRENT)
    assert space is not None
    vectors = {each: vector for each, _, vector in folder.passages.vectors(space.id, 0, 100)[0]}
    passages = folder.passages.get(list(vectors)).values()
    texts = {each.id: each.text for each in in_context_of(folder, list(passages))}
    assert len(vectors) == 4
    return [(texts[each], vector) for each, vector in vectors.items()]


def begins_with(prefix: str, text: str, vector: bytes) -> bool:
    (numbers,) = HashedWordsEmbedder(32).embed([prefix + text])
    return vector == struct.pack("<32e", *numbers)
