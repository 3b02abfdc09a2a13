"""What is put before a passage when it is indexed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workspaces.core.context import MOST, context, in_context, title_of


def test_a_title_is_the_file_s_name_without_its_ending() -> None:
    assert title_of("Lease_2024 Müller.v2.docx") == "Lease 2024 Müller.v2"
    assert title_of("README") == "README"


def test_the_path_leads_from_the_title_to_the_heading() -> None:
    assert context("Lease", ("Term", "Notice")) == "Lease › Term › Notice"
    assert context("", ("Term",)) == "Term"
    assert in_context("租约", ("期限",), "三个月。") == "租约 › 期限\n三个月。"
    assert in_context("", (), "Three months.") == "Three months."


def test_what_is_said_already_is_not_said_again() -> None:
    assert context("Lease", ("lease", "Term", "Term", " ")) == "Lease › Term"


def test_of_a_long_path_the_innermost_heading_is_kept() -> None:
    path = context("Lease", ("A very long chapter " * 5, "Another one " * 5, "Notice"))
    assert path.startswith("Lease › ") and path.endswith(" › Notice")


@given(st.text(), st.lists(st.text()))
def test_it_is_never_long(title: str, heading: list[str]) -> None:
    assert len(context(title, heading)) <= MOST
