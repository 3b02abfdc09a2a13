"""What the LanceDB index leaves on the disk, and what it says of a disk that fails it."""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import lancedb
import pyarrow as pa
import pytest
from lancedb.table import LanceTable

from workspaces.core.reasons import Problem
from workspaces.core.types import Passage
from workspaces.worker.adapters import lance_table
from workspaces.worker.adapters.lance_errors import index_problems
from workspaces.worker.adapters.lance_index import LanceIndex
from workspaces.worker.adapters.lance_table import StoredTable

DIMENSION = 64
DOCUMENTS = ("a", "b", "c")
EACH = 40


def noise(seed: str) -> bytes:
    """A vector that nothing compresses, so that it can be found again in the files."""
    generator = random.Random(seed)
    return struct.pack(f"<{DIMENSION}e", *(generator.uniform(-1, 1) for _ in range(DIMENSION)))


def passages(document: str, count: int, text: str = "about") -> list[Passage]:
    return [
        Passage(f"{document}:{n}", document, n, 0, 9, f"{text} {document} 70{document}0{n}")
        for n in range(count)
    ]


def write(index: LanceIndex, document: str, count: int, text: str = "about") -> None:
    index.write(passages(document, count, text))
    for space in ("s1", "s2"):
        rows = [(p.id, document, noise(space + p.id)) for p in passages(document, count)]
        index.write_vectors(space, rows)


def holders(folder: Path, *contents: bytes) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(each in path.read_bytes() for each in contents)]


def traces(folder: Path, document: str) -> list[Path]:
    """Files that hold words of the document's second passage, or a vector of it."""
    name = f"{document}:1"
    words = f"70{document}01".encode()
    return holders(folder, words, noise(f"s1{name}"), noise(f"s2{name}"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index.lance"


def test_looking_at_an_index_that_is_not_there_does_not_make_one(folder: Path) -> None:
    index = LanceIndex(folder)
    assert index.words() == {}
    assert list(index.keyword("x", 5)) == []
    index.forget(["a"])
    index.tidy()
    index.check(thorough=True)
    index.discard()
    assert not folder.exists()


def test_what_was_written_is_there_when_it_is_opened_again(folder: Path) -> None:
    write(LanceIndex(folder), "a", 3)
    again = LanceIndex(folder)
    assert (again.words(), again.vectors()) == ({"a": 3}, {"s1": {"a": 3}, "s2": {"a": 3}})
    assert list(again.keyword("70a01", 5)) == ["a:1"]
    write(again, "a", 4)
    assert again.words() == again.vectors()["s2"] == {"a": 4}


# --- small writes --------------------------------------------------------------------------------


def data_files(folder: Path, table: str = "words") -> int:
    return len(list((folder / f"{table}.lance" / "data").iterdir()))


def unlisted(folder: Path) -> int:
    table = lancedb.connect(folder).open_table("words")
    stats = [table.index_stats(index.name) for index in table.list_indices()]
    return max(each.num_unindexed_rows for each in stats if each is not None)


def lists(folder: Path) -> list[Path]:
    """The word lists, the smallest first."""
    found = (folder / "words.lance" / "_indices").iterdir()
    return sorted(found, key=lambda path: sum(each.stat().st_size for each in path.iterdir()))


def test_a_write_neither_merges_nor_touches_the_word_list(folder: Path) -> None:
    index = LanceIndex(folder)
    for number in range(20):
        write(index, f"d{number}", 1)
    assert data_files(folder) == data_files(folder, "space_s1") == 20
    assert unlisted(folder) == 20
    index.tidy()
    assert data_files(folder) == data_files(folder, "space_s1") == 1
    assert unlisted(folder) == 0


def test_a_write_that_the_disk_refused_in_silence_is_noticed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = LanceIndex(folder)
    write(index, "a", 3)
    add = LanceTable.add

    def cut(table: LanceTable, rows: pa.Table) -> None:
        before = set(folder.rglob("*.lance"))
        add(table, rows)
        for path in set(folder.rglob("*.lance")) - before:
            path.write_bytes(path.read_bytes()[:100])

    with monkeypatch.context() as patch:
        patch.setattr(LanceTable, "add", cut)
        with pytest.raises(Problem, match="not written whole"):
            index.write(passages("b", 1))
    index.discard()
    write(index, "b", 1)
    assert index.words() == {"b": 1}


def test_tidying_twice_changes_no_file(folder: Path) -> None:
    index = LanceIndex(folder)
    for number in range(20):
        write(index, f"d{number}", 1)
        if number == 9:
            index.tidy()
    index.tidy()
    assert unlisted(folder) == 0
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    index.tidy()
    LanceIndex(folder).tidy()
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.parametrize(("limit", "rows"), [("LOOSE_ROWS", 1), ("LOOSE_WRITES", 1)])
def test_a_writer_merges_when_too_much_is_loose(
    folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, rows: int
) -> None:
    monkeypatch.setattr(lance_table, limit, 10)
    most = 0
    index = LanceIndex(folder)
    for number in range(40):
        if number % 7 == 0:
            index = LanceIndex(folder)  # a restart, after which it counts on
        index.write(passages(f"d{number}", rows))
        assert list(index.keyword(f"d{number}", 1)) == [f"d{number}:0"]
        most = max(most, data_files(folder))
    assert 8 < most <= 12
    assert len(index.words()) == 40


def test_in_a_large_table_more_may_be_loose(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lance_table, "LOOSE_ROWS", 10)
    index = LanceIndex(folder)
    index.write(passages("large", 800))
    for number in range(60):
        index.write(passages(f"d{number}", 1))
    assert data_files(folder) == 61


def test_a_write_of_new_passages_costs_no_merge_by_id(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = LanceIndex(folder)
    write(index, "a", 3)
    merged: list[object] = []
    monkeypatch.setattr(
        "lancedb.table.LanceTable.merge_insert", lambda *given: merged.append(given)
    )
    write(index, "b", 3)
    assert merged == []
    with pytest.raises(AttributeError):
        write(index, "b", 3)
    assert len(merged) == 1


# --- forgetting ----------------------------------------------------------------------------------


@pytest.mark.parametrize("merged", [False, True])
def test_forgotten_documents_are_gone_from_the_disk(folder: Path, merged: bool) -> None:
    index = LanceIndex(folder)
    for document, count in (("a", 400), ("b", 2), ("c", 400), ("d", 2)):
        write(index, document, count)
    write(index, "b", 2, "replaced")
    if merged:
        index.tidy()
    assert traces(folder, "b") and traces(folder, "d")
    index.forget(["b", "d"])
    assert traces(folder, "a") and traces(folder, "c")
    assert traces(folder, "b") == traces(folder, "d") == []
    assert holders(folder, b"replaced") == []
    assert list(index.keyword("70a07", 5)) == ["a:7"]
    assert len(lists(folder)) == 1


@pytest.mark.parametrize("failing", ["update", "create_index", "optimize"])
def test_a_forgetting_that_was_cut_off_is_finished_by_the_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    index = LanceIndex(folder)
    write(index, "a", 400)
    write(index, "b", 2)
    index.tidy()  # both in one file

    def cut(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(f"lancedb.table.LanceTable.{failing}", cut)
        index.forget(["b"])
    assert traces(folder, "b")
    LanceIndex(folder).forget(["b"])
    assert traces(folder, "b") == []
    assert traces(folder, "a")


@pytest.mark.parametrize(
    "left",
    ["quarantine/words-1.manifest", "words.lance/data/x.lance", "space_s1.lance/data/y.lance"],
)
def test_what_a_killed_process_left_is_forgotten_too(folder: Path, left: str) -> None:
    index = LanceIndex(folder)
    write(index, "a", 3)
    (folder / left).parent.mkdir(exist_ok=True)
    (folder / left).write_bytes(b"70b01")
    index.forget(["b"])
    assert traces(folder, "b") == []


CHILD = """
import sys
from pathlib import Path
from tests.contract.test_lance_files import write
from workspaces.worker.adapters.lance_index import LanceIndex
index = LanceIndex(Path(sys.argv[1]))
print("open", flush=True)
if sys.argv[2] == "forget":
    index.forget(["b"])
for number in range(10_000 if sys.argv[2] == "write" else 0):
    write(index, f"d{number}", 2)
    print(number, flush=True)
"""


def killed(folder: Path, what: str, wait: float) -> list[str]:
    """What a child wrote that was killed ``wait`` seconds after it began."""
    command = [sys.executable, "-c", CHILD, str(folder), what]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(wait)
        child.kill()
        return child.stdout.readlines()


@pytest.mark.slow
def test_what_was_written_survives_a_kill_at_any_moment(folder: Path) -> None:
    done = len(killed(folder, "write", 4))
    assert done
    index = LanceIndex(folder)
    assert not index.check(thorough=True)
    for counts in (index.words(), *index.vectors().values()):
        assert {f"d{number}" for number in range(done)} <= counts.keys()
        assert set(counts.values()) == {2}
    index.write(passages("d0", 3))
    assert list(index.keyword("70d002", 1)) == ["d0:2"]


@pytest.mark.slow
@pytest.mark.parametrize("wait", [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4])
def test_a_forgetting_that_was_killed_is_finished_by_the_next(folder: Path, wait: float) -> None:
    index = LanceIndex(folder)
    write(index, "a", 2000)
    write(index, "b", 2)
    index.tidy()
    killed(folder, "forget", wait)
    again = LanceIndex(folder)
    assert not again.check()
    again.forget(["b"])
    assert traces(folder, "b") == []
    assert again.words() == again.vectors()["s1"] == {"a": 2000}
    assert list(again.keyword("70a07", 5)) == ["a:7"]


# --- durability ----------------------------------------------------------------------------------


def test_all_that_a_change_made_is_flushed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: set[tuple[int, int]] = set()

    def fsync(handle: int) -> None:
        status = os.fstat(handle)
        flushed.add((status.st_dev, status.st_ino))

    monkeypatch.setattr(os, "fsync", fsync)
    index = LanceIndex(folder)
    changes: list[Callable[[], object]] = [
        lambda: write(index, "a", 3),
        lambda: write(index, "b", 3),
        index.tidy,
        lambda: index.forget(["a"]),
        lambda: index.discard("s1"),
        lambda: write(index, "c", 3),
        index.discard,
        lambda: write(index, "d", 3),  # under the names of files that were there before
    ]
    for change in changes:
        flushed.clear()
        before = {path: path.stat().st_ino for path in folder.parent.rglob("*")}
        change()
        new = {path for path in folder.parent.rglob("*") if before.get(path) != path.stat().st_ino}
        new = {path for path in new if path.suffix != ".json"}  # a hint, written again in place
        wanted = new | {path.parent for path in new}
        assert {(path.stat().st_dev, path.stat().st_ino) for path in wanted} <= flushed


# --- damage --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of file: merged and loose rows, listed and unlisted words, deletions."""
    folder = tmp_path_factory.mktemp("sound") / "index.lance"
    index = LanceIndex(folder)
    write(index, "a", EACH)
    write(index, "b", EACH, "early")
    index.tidy()
    write(index, "b", EACH)
    write(index, "c", EACH)
    return folder


@pytest.fixture
def filled(sound: Path, folder: Path) -> None:
    """A copy of it: most of the time of these tests went into writing one."""
    shutil.copytree(sound, folder)


def inspect(index: LanceIndex) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """What the indexer does to inspect an index."""
    index.check()
    return index.words(), index.vectors()


def mended(folder: Path) -> bool:
    """Check as the services do, building again what is said to be damaged. Whether anything was."""
    index = LanceIndex(folder)
    built = False
    for _ in range(9):
        try:
            index.check(thorough=True)
            lost = {"words": index.words(), "s1": {}, "s2": {}, **index.vectors()}
            break
        except Problem as problem:
            assert problem.reason.code == "index_damaged"
            built = True
            index.discard(problem.reason.details["table"] or None)
    for table, counts in lost.items():
        for document in DOCUMENTS:
            if counts.get(document) != EACH:
                rows = passages(document, EACH)
                if table == "words":
                    index.write(rows)
                else:
                    index.write_vectors(
                        table, [(p.id, document, noise(table + p.id)) for p in rows]
                    )
    return built


def assert_whole(index: LanceIndex) -> None:
    whole = dict.fromkeys(DOCUMENTS, EACH)
    assert (index.words(), index.vectors()) == (whole, {"s1": whole, "s2": whole})
    assert len(index.keyword("about", 999)) == 3 * EACH
    for document in DOCUMENTS:
        assert len(index.keyword(document, 999)) == EACH
        assert list(index.keyword(f"70{document}07", 5)) == [f"{document}:7"]
        for space in ("s1", "s2"):
            question = struct.unpack(f"<{DIMENSION}e", noise(f"{space}{document}:7"))
            assert list(index.vector(space, question, 1)) == [f"{document}:7"]


def spoil(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "deleted":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif how == "garbage":
        path.write_bytes(random.Random(1).randbytes(len(content)))


HOW = ("empty", "cut", "garbage", "deleted")
TABLES = ("words", "s1")


def folder_of(folder: Path, table: str) -> Path:
    return folder / ("words.lance" if table == "words" else f"space_{table}.lance")


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_newest_version_is_set_aside(
    folder: Path, filled: None, table: str, how: str
) -> None:
    newest = min(folder_of(folder, table).glob("_versions/*.manifest"))  # numbered downwards
    spoil(newest, how)
    index = LanceIndex(folder)
    if how != "deleted":
        with pytest.raises(Problem, match="index was damaged"):  # never half of it, silently
            index.words() if table == "words" else index.vectors()
    assert index.check() is (how != "deleted")
    counts = index.words() if table == "words" else index.vectors()[table]
    assert counts == {"a": EACH, "b": EACH}  # and so the services know that c is lost
    assert (folder / "quarantine").exists() is (how != "deleted")
    assert not mended(folder)
    assert_whole(LanceIndex(folder))


@pytest.mark.parametrize("how", HOW)
def test_where_no_version_can_be_opened_only_that_table_is_built_again(
    folder: Path, filled: None, how: str
) -> None:
    for manifest in (folder / "space_s1.lance").glob("_versions/*.manifest"):
        spoil(manifest, how)
    kept = (folder / "words.lance").stat().st_ino
    with pytest.raises(Problem) as damage:
        inspect(LanceIndex(folder))
    assert damage.value.reason.details["table"] == "s1"
    assert mended(folder)
    assert (folder / "words.lance").stat().st_ino == kept
    assert_whole(LanceIndex(folder))


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_data_file_is_told(folder: Path, filled: None, table: str, how: str) -> None:
    whole = folder.rename(folder.with_name("whole"))
    told = 0
    for path in sorted(folder_of(whole, table).glob("data/*.lance")):  # some of an old version
        shutil.copytree(whole, folder, dirs_exist_ok=True)
        spoil(folder / path.relative_to(whole), how)
        try:
            inspect(LanceIndex(folder))
        except Problem as damage:
            told += 1
            assert damage.reason.details["table"] == table
            assert table in damage.reason.details["details"]
            assert ".cargo" not in damage.reason.details["details"]
            assert mended(folder)
        assert_whole(LanceIndex(folder))
        shutil.rmtree(folder)
    assert told == 3  # what was merged, and two writes


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_list_of_deleted_rows_is_told(folder: Path, filled: None, how: str) -> None:
    for file in folder.glob("*/_deletions/*"):
        spoil(file, how)
    with pytest.raises(Problem, match="damaged"):
        inspect(LanceIndex(folder))
    assert mended(folder)
    assert_whole(LanceIndex(folder))


@pytest.mark.parametrize("name", ["words.lance", "space_s1.lance"])
def test_a_byte_that_has_changed_is_noticed_by_reading_every_row(
    folder: Path, filled: None, name: str
) -> None:
    sought = b"70c07" if name == "words.lance" else noise("s1c:7")
    (file,) = holders(folder / name / "data", sought)
    content = file.read_bytes()
    place = content.index(sought) + 2
    file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    LanceIndex(folder).check()
    with pytest.raises(Problem, match="a row has changed"):
        LanceIndex(folder).check(thorough=True)
    assert mended(folder)
    assert_whole(LanceIndex(folder))


def word_list(folder: Path) -> Path:
    """The folder of the newest word list."""
    return max(
        (folder / "words.lance" / "_indices").iterdir(), key=lambda path: path.stat().st_mtime
    )


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("file", ["metadata", "docs", "invert", "tokens"])
def test_a_damaged_word_list_is_made_again(folder: Path, filled: None, file: str, how: str) -> None:
    (path,) = word_list(folder).glob(f"*{file}.lance")
    spoil(path, how)
    with pytest.raises(Problem, match="damaged"):
        LanceIndex(folder).keyword("70a07", 5)
    index = LanceIndex(folder)
    assert not index.check()
    assert_whole(index)


def test_a_word_list_that_was_deleted_is_made_again(folder: Path, filled: None) -> None:
    shutil.rmtree(folder / "words.lance" / "_indices")
    with pytest.raises(Problem, match="damaged"):
        LanceIndex(folder).keyword("70a07", 5)
    index = LanceIndex(folder)
    assert not index.check()
    assert_whole(index)


def test_a_word_list_that_was_never_made_is_made(folder: Path) -> None:
    folder.mkdir()
    table = lancedb.connect(folder).create_table("words", schema=lance_table_schema())
    assert table.list_indices() == []  # the process was killed here
    index = LanceIndex(folder)
    index.write([Passage("a:0", "a", 0, 0, 9, "密封件的保修期为十二个月")])
    assert list(index.keyword("保修", 5)) == ["a:0"]  # without a list it would look for other words


def lance_table_schema() -> pa.Schema:
    from workspaces.worker.adapters.lance_rows import WORDS

    return WORDS


def test_a_word_list_of_other_words_is_made_again_by_a_thorough_check(
    folder: Path, filled: None, tmp_path: Path
) -> None:
    other = LanceIndex(tmp_path / "other")
    other.write(passages("c", EACH))
    other.write(passages("d", EACH, "early"))
    other.tidy()
    for mine, others in zip(lists(folder), lists(tmp_path / "other"), strict=True):
        for path in mine.glob("part_*"):
            source = others / path.name
            assert path.stat().st_size == source.stat().st_size  # that would be noticed
            shutil.copyfile(source, path)
    assert list(LanceIndex(folder).keyword("70a07", 5)) == []
    index = LanceIndex(folder)
    index.check(thorough=True)
    assert_whole(index)


def test_a_word_list_far_behind_is_brought_up_to_date(
    folder: Path, filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unlisted(folder) == 2 * EACH
    LanceIndex(folder).check()
    assert unlisted(folder) == 2 * EACH
    monkeypatch.setattr(lance_table, "LOOSE_ROWS", EACH)
    LanceIndex(folder).check()
    assert unlisted(folder) == 0


def test_a_table_without_any_file_is_damage(folder: Path, filled: None) -> None:
    for name in ("words.lance", "space_s2.lance"):
        shutil.rmtree(folder / name)
        (folder / name).mkdir()
    with pytest.raises(Problem, match="damaged"):
        LanceIndex(folder).keyword("70a07", 5)
    assert mended(folder)
    assert_whole(LanceIndex(folder))


def test_an_emptied_folder_counts_nothing_and_takes_everything(folder: Path, filled: None) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    index = LanceIndex(folder)
    index.check()
    assert (index.words(), index.vectors()) == ({}, {})
    assert not mended(folder)
    assert_whole(LanceIndex(folder))


def test_a_file_where_the_folder_should_be_is_damage(folder: Path) -> None:
    folder.write_bytes(b"what is this")
    for use in (
        lambda: LanceIndex(folder).keyword("x", 5),
        lambda: LanceIndex(folder).check(),
        lambda: LanceIndex(folder).write(passages("a", 1)),
        lambda: LanceIndex(folder).forget(["a"]),
    ):
        with pytest.raises(Problem) as damage:
            use()
        assert damage.value.reason.details["table"] == ""
    assert mended(folder)
    assert_whole(LanceIndex(folder))


def test_an_index_of_an_older_quire_is_damage(folder: Path) -> None:
    old = pa.schema([("id", pa.string()), ("vector", pa.list_(pa.float16(), 4))])
    lancedb.connect(folder).create_table("passages", schema=old)
    for use in (
        lambda: LanceIndex(folder).check(),
        lambda: LanceIndex(folder).words(),
        lambda: LanceIndex(folder).vector("s1", (1.0,), 5),
        lambda: LanceIndex(folder).write(passages("a", 1)),
    ):
        with pytest.raises(Problem) as damage:
            use()
        assert damage.value.reason.details["table"] == ""
    assert mended(folder)
    assert not (folder / "passages.lance").exists()
    assert_whole(LanceIndex(folder))


@pytest.mark.parametrize("name", ["words", "space_s1"])
def test_a_table_of_another_layout_is_damage(folder: Path, name: str) -> None:
    lancedb.connect(folder).create_table(name, schema=pa.schema([("id", pa.string())]))
    with pytest.raises(Problem, match="another layout"):
        LanceIndex(folder).check()
    assert mended(folder)
    assert_whole(LanceIndex(folder))


def test_a_document_s_name_that_nobody_wrote_is_damage(folder: Path) -> None:
    write(LanceIndex(folder), "a", 3)
    table = lancedb.connect(folder).open_table("words")
    table.update(values={"document": "no id"})
    with pytest.raises(Problem, match="not an id"):
        LanceIndex(folder).words()


@pytest.mark.slow
def test_whatever_changes_on_the_disk_a_thorough_check_notices(sound: Path, folder: Path) -> None:
    """Bytes overwritten at random, anywhere: afterwards everything is found, or it is said that
    something is damaged; LanceDB's panics are no bugs of ours."""
    chance = random.Random(7)
    for _ in range(60):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(sound, folder)
        file = chance.choice(
            sorted(folder.glob("*/data/*")) + sorted(folder.glob("*/_indices/*/*"))
        )
        content = bytearray(file.read_bytes())
        length = min(len(content), chance.choice([1, 8, 64, 512]))
        start = chance.randrange(len(content) - length + 1)
        content[start : start + length] = chance.randbytes(length)
        file.write_bytes(content)
        mended(folder)
        assert_whole(LanceIndex(folder))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (
            RuntimeError("Unable to copy: No space left on device (os error 28), /root/x.rs:1"),
            "disk_full",
        ),
        (RuntimeError("There is not enough space on the disk. (os error 112)"), "disk_full"),
        (RuntimeError("Permission denied (os error 13)"), "home_unwritable"),
        (OSError(30, "Read-only file system"), "home_unwritable"),
        (OSError(28, "No space left on device"), "disk_full"),
        (RuntimeError("Too many open files (os error 24)"), "disk_failed"),
        (OSError(5, "Input/output error"), "disk_failed"),
        (RuntimeError("Not found"), "index_damaged"),
        (ValueError("invalid magic"), "index_damaged"),
        (type("RustPanic", (Exception,), {})("rust future panicked"), "index_damaged"),
    ],
)
def test_what_an_error_means(error: Exception, code: str) -> None:
    with pytest.raises(Problem) as problem, index_problems(Path("index"), "words"):
        raise error
    assert problem.value.reason.code == code


def test_an_error_that_says_nothing_of_the_files_throws_nothing_away(
    folder: Path, filled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(folder.rglob("*"))

    def fail(table: StoredTable) -> None:
        with index_problems(folder, "words"):
            raise RuntimeError("Too many open files (os error 24)")

    monkeypatch.setattr(StoredTable, "opened", fail)
    with pytest.raises(Problem) as problem:
        LanceIndex(folder).check()
    assert problem.value.reason.code == "disk_failed"
    assert sorted(folder.rglob("*")) == before


def test_a_bug_is_not_taken_for_damage() -> None:
    with pytest.raises(TypeError), index_problems(Path("index"), "words"):
        raise TypeError("ours")
