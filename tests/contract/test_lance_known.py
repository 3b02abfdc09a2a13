"""What is remembered of the rows of a table."""

from __future__ import annotations

import random

from workspaces.worker.adapters.lance_known import KnownRows


def test_it_knows_what_a_set_of_ids_knows() -> None:
    rng = random.Random(1)
    known, ids = KnownRows(), set[str]()
    for _ in range(500):
        names = [f"{rng.choice('ab')}{rng.randint(0, 9)}:{rng.randint(0, 99)}" for _ in range(3)]
        assert known.has_any(names) is not ids.isdisjoint(names)
        known.add(names)
        ids.update(names)
        assert known.count == len(ids)
