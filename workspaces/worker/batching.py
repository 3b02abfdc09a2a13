"""Which texts a model reads at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def batches(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """The numbers of the texts of these ``lengths``, in tokens, by what is read at once: texts of
    like length, so that little is padding; ``most`` tokens, padding included, or one text."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[number] > most:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
