"""Comparing a watched folder with its documents."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workspaces.core.folder_changes import Changes, Facts, Known, changes

OLD: Facts = (10, 1000)
NEW: Facts = (11, 2000)


def test_a_file_without_a_document_is_offered() -> None:
    assert changes([], {"/w/a": OLD}) == Changes(offer=["/w/a"])


def test_a_file_that_is_as_it_was_is_left_alone() -> None:
    assert changes([Known("1", "/w/a", OLD)], {"/w/a": OLD}) == Changes()


def test_another_size_or_another_time_is_a_new_version() -> None:
    known = [Known("1", "/w/a", OLD)]
    for facts in [(11, 1000), (10, 999)]:
        assert changes(known, {"/w/a": facts}) == Changes(offer=["/w/a"])


def test_one_document_that_is_up_to_date_is_enough() -> None:
    known = [Known("1", "/w/a", OLD), Known("2", "/w/a", NEW)]
    for facts in [OLD, NEW]:
        assert changes(known, {"/w/a": facts}) == Changes()
    assert changes(known, {"/w/a": (12, 3000)}) == Changes(offer=["/w/a"])


def test_a_queued_file_is_read_as_it_is_then() -> None:
    assert changes([Known("1", "/w/a", OLD, queued=True)], {"/w/a": NEW}) == Changes()


def test_all_documents_of_a_file_leave_with_it_and_come_back_with_it() -> None:
    known = [Known("1", "/w/a", OLD), Known("2", "/w/a", NEW)]
    assert changes(known, {}) == Changes(gone=["1", "2"])
    gone = [replace(each, gone=True) for each in known]
    assert changes(gone, {}) == Changes()
    assert changes(gone, {"/w/a": NEW}) == Changes(back=["1", "2"])
    assert changes(gone, {"/w/a": (12, 3000)}) == Changes(offer=["/w/a"], back=["1", "2"])


def test_a_document_added_by_hand_is_adopted_and_never_leaves() -> None:
    by_hand = [Known("1", "/w/a", OLD, follows=False)]
    assert changes(by_hand, {"/w/a": OLD}) == Changes(adopt=["1"])
    assert changes(by_hand, {"/w/a": NEW}) == Changes(adopt=["1"], offer=["/w/a"])
    assert changes(by_hand, {}) == Changes()


def test_what_could_not_be_looked_at_has_not_left() -> None:
    known = [
        Known("1", "/w/sub/deep/a", OLD),
        Known("2", "/w/subway", OLD),
        Known("3", "/w/b", OLD),
    ]
    assert changes(known, {}, unseen={"/w/sub", "/w/b"}) == Changes(gone=["2"])


def test_what_a_person_removed_comes_back_only_once_it_changed() -> None:
    dropped = {"/w/a": (10, 1500)}
    assert changes([], {"/w/a": (10, 1000)}, dropped=dropped) == Changes()
    for facts in [(10, 2000), (11, 1000)]:
        assert changes([], {"/w/a": facts}, dropped=dropped) == Changes(offer=["/w/a"])
    added_again = [Known("1", "/w/a", OLD)]
    assert changes(added_again, {"/w/a": NEW}, dropped=dropped) == Changes(offer=["/w/a"])


PATHS = st.sampled_from(["/w/a", "/w/b", "/w/c/d", "/w/c/e"])
FACTS = st.tuples(st.integers(0, 2), st.integers(0, 2))
KNOWN = st.builds(
    Known,
    document=st.just(""),
    path=PATHS,
    facts=FACTS,
    follows=st.booleans(),
    gone=st.booleans(),
    queued=st.booleans(),
)


def numbered(known: list[Known]) -> list[Known]:
    """With ids of their own; what was added by hand has never left."""
    return [
        replace(each, document=str(number), gone=each.gone and each.follows)
        for number, each in enumerate(known)
    ]


def applied(known: list[Known], done: Changes, found: dict[str, Facts]) -> list[Known]:
    """The documents after ``done``, once what was offered has been read."""
    after = [
        replace(
            each,
            follows=each.follows or each.document in done.adopt,
            gone=(each.gone or each.document in done.gone) and each.document not in done.back,
        )
        for each in known
    ]
    return after + [Known(f"new {path}", path, found[path]) for path in done.offer]


@given(
    st.lists(KNOWN).map(numbered),
    st.dictionaries(PATHS, FACTS),
    st.sets(st.just("/w/c"), max_size=1),
)
def test_after_the_changes_nothing_is_left_to_do(
    known: list[Known], found: dict[str, Facts], unseen: set[str]
) -> None:
    done = changes(known, found, unseen)
    after = applied(known, done, found)
    assert changes(after, found, unseen) == Changes()
    followed = {each.path for each in after if each.follows and not each.gone}
    assert set(found) <= followed
    assert all(path in found or (path.startswith("/w/c/") and unseen) for path in followed)


@given(st.lists(KNOWN).map(numbered), st.dictionaries(PATHS, FACTS))
def test_nothing_is_asked_of_what_was_not_found_or_not_known(
    known: list[Known], found: dict[str, Facts]
) -> None:
    done = changes(known, found)
    ids = {each.document for each in known}
    assert set(done.offer) <= set(found)
    assert {*done.adopt, *done.gone, *done.back} <= ids
    assert len({*done.adopt, *done.gone, *done.back}) == len(done.adopt + done.gone + done.back)
