"""What the benchmark of Quire beside others says of figures."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.peers import COLUMNS, QUIRE, Figures, medians, peers, shortfalls, table

OWN: Figures = {
    **dict.fromkeys((name for _, name, _ in COLUMNS), 1.0),
    "docs_per_s": 26.0,
    "p95_ms": 20.0,
    "memory": 450.0,
}
OTHER: Figures = {**OWN, "docs_per_s": 20.0, "p95_ms": 21.0, "memory": 900.0}


def test_quire_is_ahead_where_it_is_meant_to_be() -> None:
    assert shortfalls({QUIRE: OWN, "Other": OTHER}) == []
    assert shortfalls({QUIRE: OWN}) == []


def test_each_shortfall_is_said() -> None:
    own = {**OWN, "hit5": 0.99, "memory": 451.0}
    said = shortfalls({QUIRE: own, "Other": {**OTHER, "docs_per_s": 26.0, "p95_ms": 20.0}})
    assert said == [
        "hit5 0.990, Other 1.000",
        "imports only 1.00 times as fast as Other",
        "p95 20.0 ms, Other 20.0 ms",
        "the indexer has 451 MB, more than 450",
    ]


def test_what_is_not_set_up_is_named_with_what_sets_it_up(tmp_path: Path) -> None:
    absent = [peer for peer in peers(Path("scripts"), tmp_path) if not peer.is_there]
    assert len(absent) == 4
    lines = table({QUIRE: OWN}, {peer.title: peer.setup for peer in absent}).splitlines()
    assert lines[2].startswith("| Quire | 26.0 |")
    assert f"PEERS_HOME={tmp_path} scripts/setup.sh langchain" in lines[3]


def test_figures_are_medians_of_the_rounds() -> None:
    assert medians([{"p95_ms": 1.0}, {"p95_ms": 9.0}, {"p95_ms": 2.0}]) == {"p95_ms": 2.0}
