"""``quire models``: which models there are for this machine, and whether a file is one of them."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
from pathlib import Path
from typing import Any

from app.bootstrap import model_stores, prober
from workspaces.core.fitting import GB, GIB
from workspaces.library.found_models import Found, offer_of
from workspaces.library.home import Home
from workspaces.library.offers import Judged, licence_of
from workspaces.library.settings import read_settings
from workspaces.protocol.messages import Card
from workspaces.services.machine import Machine
from workspaces.services.model_check import check_file
from workspaces.services.offering import Stock, take_stock

Result = dict[str, Any]


def models(home: Home, arguments: argparse.Namespace) -> tuple[Result, bool]:
    """Do what ``arguments`` say; the JSON document, and whether all was well."""
    if arguments.action == "check":
        return check(Path(arguments.file).absolute())
    context = read_settings(home.settings).context
    return listing(asyncio.run(take_stock(home, context, prober(), model_stores(home)))), True


def check(path: Path) -> tuple[Result, bool]:
    """Whether the file at ``path`` is sound. Raises Problem where its header is refused."""
    checked = check_file(path)
    return {
        "checked": {
            "path": str(path),
            "architecture": checked.facts.architecture,
            "context": checked.facts.context,
            "offer": checked.offer.id if checked.offer else None,
            "sha256": checked.sha256,
            "code": checked.reason.code,
            "sentence": checked.reason.sentence(),
        }
    }, checked.sound


def listing(stock: Stock) -> Result:
    """The JSON document of what there is to choose from."""
    return {
        "machine": _machine(stock.machine),
        "offers": [_offer(one, stock.here.get(one.offer.id)) for one in stock.offers],
        "found": [_found(one) for one in stock.found],
    }


def _machine(machine: Machine) -> Result:
    cards = None if machine.cards is None else [_card(card) for card in machine.cards]
    return {**dataclasses.asdict(machine), "cards": cards}


def _card(card: Card) -> Result:
    return {"name": card.name, "memory": card.memory}


def _offer(one: Judged, here: Found | None) -> Result:
    offer, licence = one.offer, licence_of(one.offer)
    return {
        "id": offer.id,
        "kind": offer.kind,
        "title": offer.title,
        "fit": one.verdict.fit.word,
        "reason": one.verdict.reason.sentence(),
        "here": str(here.path) if here else None,
        "size": offer.bytes,
        "memory": one.need.memory,
        "context": offer.context,
        "languages": offer.languages,
        "licence": licence.name,
        "licence_url": licence.url,
        "repository": offer.repository,
        "revision": offer.revision,
    }


def _found(one: Found) -> Result:
    offer = offer_of(one)
    return {
        **dataclasses.asdict(one),
        "path": str(one.path),
        "offer": offer.id if offer else None,
    }


def stock_lines(result: Result) -> str:
    """The same for a person: the machine, a line an offer, a line a model on the disk."""
    offers = [
        "\t".join((row["fit"].replace("_", " "), row["kind"], row["id"], row["reason"]))
        for row in result["offers"]
    ]
    found = [
        "\t".join(("found", row["where"], row["title"], row["path"])) for row in result["found"]
    ]
    return "\n".join([_machine_line(result["machine"]), *offers, *found])


def _machine_line(machine: Result) -> str:
    parts = [
        f"{machine['memory'] / GIB:.1f} GB of memory, {machine['available'] / GIB:.1f} of it free",
        f"{machine['cores']} cores",
        "unknown disk"
        if machine["disk"] is None
        else f"{machine['disk'] / GB:.1f} GB of disk free",
        _cards_words(machine["cards"]),
    ]
    return ", ".join(parts)


def _cards_words(cards: list[Result] | None) -> str:
    if cards is None:
        return "graphics cards unknown"
    named = [f"{card['name']} ({card['memory'] / GIB:.1f} GB)" for card in cards]
    return " and ".join(named) or "no graphics card that can be used"


def check_line(result: Result) -> str:
    """The sentence that says what a check found."""
    return str(result["checked"]["sentence"])
