"""``quire models``: which models there are for this machine, and whether a file is one of them."""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
import sys
from pathlib import Path
from typing import Any

from app.bootstrap import model_stores, prober
from app.terminal import harmless
from workspaces.core.fitting import GB, GIB
from workspaces.core.mirrors import own_mirror
from workspaces.core.reasons import Problem, Reason
from workspaces.library.found_models import Found, offer_of
from workspaces.library.home import Home
from workspaces.library.offers import Judged, licence_of
from workspaces.library.settings import read_settings
from workspaces.protocol.messages import Card
from workspaces.services.machine import Machine
from workspaces.services.model_check import check_file
from workspaces.services.offering import Stock, take_stock
from workspaces.services.quire import Quire
from workspaces.services.views import Change, DownloadsChanged, DownloadState, DownloadView

Result = dict[str, Any]


def list_models(home: Home, _arguments: argparse.Namespace) -> tuple[Result, bool]:
    """What there is to choose from."""
    context = read_settings(home.settings).context
    return listing(asyncio.run(take_stock(home, context, prober(), model_stores(home)))), True


def check_model(_home: Home, arguments: argparse.Namespace) -> tuple[Result, bool]:
    """Whether the file is sound."""
    return check(Path(arguments.file).absolute())


async def download(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    """Download an offer, or a file of a repository; the JSON document, and whether it is here."""
    if arguments.source:
        await _use_source(quire, arguments.source)
    quire.subscribe(DownloadProgress().tell)
    if arguments.file:
        files = await quire.supply.models_in(arguments.name)
        file = next((each for each in files if each.path == arguments.file), None)
        if file is None:
            raise Problem("no_file_in_repository", file=arguments.file, name=arguments.name)
        model = await quire.supply.download_file(arguments.name, file, arguments.accept_licence)
    else:
        model = await quire.supply.download(arguments.name, arguments.accept_licence)
    await quire.downloads.finished()
    here = next((each for each in quire.downloads.here() if each.wanted.id == model), None)
    if here is None:
        view = next(each for each in quire.downloads.views() if each.id == model)
        raise Problem.of(view.reason or Reason("cancelled", {"name": view.title}))
    return {"downloaded": {"id": model, "path": here.path, "size": here.wanted.size}}, True


class DownloadProgress:
    """Tells on stderr how far a download is, a line for every new percent."""

    def __init__(self) -> None:
        self._told = ""

    def tell(self, change: Change) -> None:
        """What is no news of a download is passed over."""
        if isinstance(change, DownloadsChanged):
            for view in change.downloads:
                self._say(view)

    def _say(self, view: DownloadView) -> None:
        if view.state is DownloadState.RUNNING:
            share = 100 * view.done // max(1, view.total)
            line = f"{view.title}: {share} % of {view.total / GB:.2f} GB"
            if line != self._told:
                self._told = line
                sys.stderr.write(f"{harmless(line)}\n")


async def _use_source(quire: Quire, source: str) -> None:
    """Ask this mirror alone, this once. Raises Problem ``mirror_address``."""
    mirrors = quire.supply.mirrors()
    named = next((name for name in mirrors.names if name.lower() == source.lower()), None)
    if named is None:
        await quire.supply.change_mirrors([own_mirror(source).name], source, keep=False)
    else:
        await quire.supply.change_mirrors([named], mirrors.own, keep=False)


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


def downloaded_line(result: Result) -> str:
    """Where a model is that was downloaded."""
    return str(result["downloaded"]["path"])


def check_line(result: Result) -> str:
    """The sentence that says what a check found."""
    return str(result["checked"]["sentence"])
