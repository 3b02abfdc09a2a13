"""The program without a window: one command, its result on standard output, the rest on standard
error, and exit code 0 only when it did what was asked."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import dataclasses
import json
import logging
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from app.bootstrap import open_quire
from app.figures import table
from app.golden_table import comparison, comparison_lines, question_lines
from app.model_commands import (
    check_line,
    check_model,
    download,
    downloaded_line,
    list_models,
    stock_lines,
)
from app.terminal import harmless, one_line
from workspaces.core.citations import cited
from workspaces.core.reasons import Problem
from workspaces.core.report import ReportRow, totals
from workspaces.core.transcript import file_name
from workspaces.core.types import DocumentState, Ending, Source, Turn
from workspaces.library.home import Home
from workspaces.services import evaluating
from workspaces.services.quire import Quire
from workspaces.services.views import (
    Change,
    DocumentChanged,
    DocumentView,
    Trouble,
    TurnGrew,
    WatchView,
)

log = logging.getLogger("quire.commands")

Result = dict[str, Any]
TAKEN = (DocumentState.READY, DocumentState.DUPLICATE)
"""Ends of a document whose content is here."""

TOLD = 50
"""Questions between two lines of progress."""

Command = Callable[[Quire, argparse.Namespace], Awaitable[tuple[Result, bool]]]
"""Gives the JSON document, and whether it did what was asked."""


def run_command(home: Home, arguments: argparse.Namespace) -> int:
    """Do what ``arguments`` say on ``home``; returns the exit code."""
    as_json = getattr(arguments, "json", False)
    try:
        with _home_for(home, arguments) as its_home:
            if beside := BESIDE.get(_name(arguments)):
                result, done = beside(its_home, arguments)
            else:
                result, done = asyncio.run(_run(its_home, arguments))
    except Problem as problem:
        return _refuse(problem, as_json)
    except Exception as bug:
        log.exception("a bug in %s", arguments.command)
        return _refuse(Problem("bug", details=f"{type(bug).__name__}: {bug}"), as_json)
    text = json.dumps(result, ensure_ascii=False) if as_json else plain(result)
    print(harmless(text) if sys.stdout.isatty() else text)
    return 0 if done else 1


@contextlib.contextmanager
def _home_for(home: Home, arguments: argparse.Namespace) -> Iterator[Home]:
    """``home``; for a measurement a throwaway one, unless it was named with ``--home``."""
    if arguments.command != "evaluate" or "home" in arguments:
        yield home
        return
    # Windows does not delete a log that is open.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Home(Path(folder))


def _refuse(problem: Problem, as_json: bool) -> int:
    """Say why it was not done; the exit code."""
    print(harmless(str(problem)), file=sys.stderr)
    if as_json:
        error = {"code": problem.reason.code, "sentence": str(problem)}
        print(json.dumps({"error": error}, ensure_ascii=False))
    return 1


async def _run(home: Home, arguments: argparse.Namespace) -> tuple[Result, bool]:
    quire = await open_quire(home)
    quire.subscribe(_tell)
    try:
        await quire.start()
        return await COMMANDS[_name(arguments)](quire, arguments)
    finally:
        await quire.close()


def _name(arguments: argparse.Namespace) -> str:
    """What :data:`COMMANDS` and :data:`BESIDE` know the command by."""
    is_models = arguments.command == "models"
    return f"models {arguments.action}" if is_models else str(arguments.command)


def _tell(change: Change) -> None:
    """Progress, for a person who watches."""
    if isinstance(change, TurnGrew):
        print(harmless(change.text), end="", file=sys.stderr, flush=True)
    elif isinstance(change, Trouble):
        print(one_line(change.reason.sentence()), file=sys.stderr, flush=True)
    elif isinstance(change, DocumentChanged):
        print(one_line(progress_line(change.document)), file=sys.stderr, flush=True)


def progress_line(document: DocumentView) -> str:
    """How a document stands, in one line."""
    if document.reason is not None:
        return document.reason.sentence()
    count = f" {document.done} of {document.total}" if document.total else ""
    ready = f", {document.passages} passages" if document.passages else ""
    return f"{document.name}: {document.state}{count}{ready}"


async def workspace(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    if arguments.action == "create":
        return dataclasses.asdict(await quire.create_workspace(arguments.name)), True
    views = await quire.list_workspaces()
    return {"workspaces": [dataclasses.asdict(view) for view in views]}, True


async def add(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    passwords = _passwords(arguments.password_file)
    workspace_id = (await quire.find_workspace(arguments.workspace)).id
    await quire.resume_import(workspace_id)
    documents = await quire.add_documents(workspace_id, arguments.paths, passwords)
    return await _wait_for(quire, workspace_id, documents)


async def retry(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    workspace_id = (await quire.find_workspace(arguments.workspace)).id
    await quire.resume_import(workspace_id)
    rows = await quire.list_documents(workspace_id)
    failed = [row.id for row in rows if row.state not in TAKEN]
    documents = await quire.retry_documents(workspace_id, arguments.documents or failed)
    return await _wait_for(quire, workspace_id, documents)


async def _wait_for(quire: Quire, workspace_id: str, documents: list[str]) -> tuple[Result, bool]:
    rows = await quire.wait_for_documents(workspace_id, documents)
    return {"documents": [_document(row) for row in rows]}, all(row.state in TAKEN for row in rows)


def _passwords(file: str | None) -> list[str]:
    """The lines of ``file``. Raises Problem ``missing`` or ``read_failed``."""
    if file is None:
        return []
    try:
        lines = Path(file).read_text("utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise Problem("missing", name=file) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("read_failed", name=file, details=error) from error
    return [line for line in lines if line]


async def remove(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    removal = await quire.remove_documents(arguments.workspace, arguments.documents)
    return {"removed": dataclasses.asdict(removal)}, removal.clean


async def report(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    rows = await quire.report(arguments.workspace)
    result: Result = {
        "offered": len(rows),
        "totals": totals(rows),
        "files": [_report_row(row) for row in rows],
    }
    if arguments.output:
        target = Path(arguments.output).absolute()
        result["path"] = str(await quire.export_report(arguments.workspace, target))
    return result, True


async def repair(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    look = quire.check_workspace if arguments.check else quire.repair_workspace
    findings = await look(arguments.workspace)
    result = [
        {"code": each.reason.code, "sentence": each.reason.sentence(), "repaired": each.repaired}
        for each in findings
    ]
    return {"findings": result}, all(each.repaired for each in findings)


async def watch(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    workspace_id = (await quire.find_workspace(arguments.workspace)).id
    watched = {view.folder for view in await quire.list_watches(workspace_id)}
    for folder in (str(Path(each).absolute()) for each in arguments.folders):
        if folder in watched:
            continue
        await quire.watch_folder(
            workspace_id,
            folder,
            subfolders=not arguments.no_subfolders,
            ignore=arguments.ignore,
            follow=arguments.follow,
        )
    await quire.follow_watches()
    rows = await quire.list_documents(workspace_id)
    result, done = await _wait_for(quire, workspace_id, [row.id for row in rows])
    views = await quire.list_watches(workspace_id)
    return {"watches": [_watch(view) for view in views], **result}, done


async def embedder(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    workspace_id = (await quire.find_workspace(arguments.workspace)).id
    if arguments.undo:
        await quire.undo_embedder_change(workspace_id)
    elif arguments.folder:
        await quire.change_embedder(workspace_id, arguments.folder)
        await quire.wait_for_embedder(workspace_id)
    if arguments.reranker:
        off = arguments.reranker == "off"
        await quire.change_reranker(workspace_id, None if off else arguments.reranker)
    compared = await _take_embedder(quire, workspace_id) if arguments.folder else None
    view = await quire.embedder(workspace_id)
    coverage = view.unfamiliar.sentence() if view.unfamiliar else None
    reranker = await quire.reranker(workspace_id)
    return {
        "embedder": {**dataclasses.asdict(view), "coverage": coverage},
        "compared": compared,
        "reranker": dataclasses.asdict(reranker),
    }, True


async def _take_embedder(quire: Quire, workspace_id: str) -> Result | None:
    """Nobody is there to decide: a model that waits is taken. Returns what the test questions say
    about it, None where there are none."""
    if not (await quire.embedder(workspace_id)).waits:
        return None
    compared = comparison(await quire.compare_embedders(workspace_id))
    await quire.accept_embedder(workspace_id)
    await quire.wait_for_embedder(workspace_id)
    return compared


async def golden(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    workspace_id = (await quire.find_workspace(arguments.workspace)).id
    questions = [dataclasses.asdict(view) for view in await quire.list_golden(workspace_id)]
    figures = await quire.measure_golden(workspace_id) if arguments.measure else None
    measured = dataclasses.asdict(figures) if figures else None
    return {"golden": questions, "figures": measured}, True


async def search(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    found = await quire.search(arguments.workspace, arguments.question, arguments.limit)
    return {"passages": [dataclasses.asdict(passage) for passage in found]}, True


async def ask(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    if not arguments.question.strip():
        raise Problem("question_empty")
    if arguments.model:
        await quire.choose_model(arguments.model, keep=False)
    conversation = arguments.conversation
    if conversation is None:
        conversation = (await quire.create_conversation(arguments.workspace)).id
    _stop_at_ctrl_c(quire)
    turn = await quire.ask(arguments.workspace, conversation, arguments.question, arguments.anyway)
    print(file=sys.stderr)
    if turn.note is not None:
        print(turn.note.sentence(), file=sys.stderr)
    return _turn(conversation, turn), turn.ending in (
        Ending.COMPLETE,
        Ending.LENGTH,
        Ending.REFUSED,
    )


def _stop_at_ctrl_c(quire: Quire) -> None:
    """Ctrl+C keeps the half answer instead of ending the program."""
    loop = asyncio.get_running_loop()
    stopping: set[asyncio.Task[None]] = set()  # the loop itself keeps only weak references
    with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
        loop.add_signal_handler(signal.SIGINT, lambda: stopping.add(loop.create_task(quire.stop())))


async def text(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    name, places = await quire.document_places(arguments.workspace, arguments.document)
    return {"name": name, "places": [dataclasses.asdict(place) for place in places]}, True


async def export(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    views = await quire.list_conversations(arguments.workspace)
    titles = [view.title for view in views if view.id == arguments.conversation]
    target = Path(arguments.output or free_name(file_name("".join(titles)))).absolute()
    await quire.export_conversation(arguments.workspace, arguments.conversation, target)
    return {"path": str(target)}, True


async def evaluate(quire: Quire, arguments: argparse.Namespace) -> tuple[Result, bool]:
    figures = await evaluating.evaluate(
        quire, Path(arguments.folder), arguments.limit, _tell_questions
    )
    return dataclasses.asdict(figures), True


def _tell_questions(done: int, total: int) -> None:
    if done % TOLD == 0 or done == total:
        print(f"{done} of {total} questions", file=sys.stderr, flush=True)


def free_name(name: str) -> Path:
    """``name``, or with a number where that is taken: only ``--output`` replaces a file."""
    path, number = Path(name), 1
    while path.exists():
        number += 1
        path = Path(f"{Path(name).stem} ({number}).md")
    return path


COMMANDS: dict[str, Command] = {
    "workspace": workspace,
    "add": add,
    "remove": remove,
    "retry": retry,
    "report": report,
    "repair": repair,
    "watch": watch,
    "embedder": embedder,
    "golden": golden,
    "search": search,
    "ask": ask,
    "text": text,
    "export": export,
    "evaluate": evaluate,
    "models download": download,
}

BESIDE: dict[str, Callable[[Home, argparse.Namespace], tuple[Result, bool]]] = {
    "models list": list_models,
    "models check": check_model,
}
"""Commands that change nothing in a home, so that they work while a window is open on it."""


def _document(row: DocumentView) -> Result:
    return {
        "path": row.path,
        "document": row.id,
        "name": row.name,
        "state": row.state,
        "reason": row.reason.sentence() if row.reason else None,
        "warnings": [warning.sentence() for warning in row.warnings],
        "passages": row.passages,
        "duplicate_of": row.twin,
    }


def _report_row(row: ReportRow) -> Result:
    return {
        "document": row.document,
        "name": row.name,
        "path": row.path,
        "state": row.state,
        "reason": row.reason.sentence() if row.reason else None,
        "warnings": [warning.sentence() for warning in row.warnings],
        "other": row.other,
        "size": row.size,
        "offered_at": row.offered_at,
        "ended_at": row.ended_at,
        "here": row.here,
    }


def _watch(view: WatchView) -> Result:
    problem = view.problem.sentence() if view.problem else None
    return {**dataclasses.asdict(view), "problem": problem}


def _turn(conversation: str, turn: Turn) -> Result:
    return {
        "conversation": conversation,
        "answer": turn.answer,
        "ending": turn.ending,
        "model": turn.model,
        "note": turn.note.sentence() if turn.note else None,
        "refused": turn.ending is Ending.REFUSED,
        "why": dataclasses.asdict(turn.explanation) if turn.explanation else None,
        "usage": dataclasses.asdict(turn.usage) if turn.usage else None,
        "budget": dataclasses.asdict(turn.budget) if turn.budget else None,
        "citations": [_source(source) for source in cited(turn.answer, turn.sources)],
        "passages": [_source(source) for source in turn.sources],
    }


def _source(source: Source) -> Result:
    return dataclasses.asdict(source)


def plain(result: Result) -> str:
    """A result for a person: its main text, or one line an entry."""
    if "answer" in result:
        lines = [result["answer"], ""]
        lines += [f"[{s['mark']}] {address(s)}" for s in result["citations"]]
        return "\n".join([*lines, f"conversation {result['conversation']}"])
    if "places" in result:
        return "\n\n".join(place["text"] for place in result["places"])
    if "passages" in result:
        return "\n\n".join(f"{address(p)}\n{p['text']}" for p in result["passages"])
    if "removed" in result:
        return ", ".join(f"{name} {count}" for name, count in result["removed"].items())
    for name, words in WORDS.items():
        if name in result:
            return words(result)
    if (rows := result.get("files", result.get("documents"))) is not None:
        return "\n".join(f"{row['state']}\t{row['path']}" for row in rows)
    if "workspaces" in result:
        return "\n".join(f"{row['id']}\t{row['name']}" for row in result["workspaces"])
    return str(result.get("path") or result["id"])


def _findings(result: Result) -> str:
    lines = [
        f"{'repaired' if row['repaired'] else 'damaged'}\t{row['sentence']}"
        for row in result["findings"]
    ]
    return "\n".join(lines) or "nothing is damaged"


def _models(result: Result) -> str:
    embedder, reranker = result["embedder"], result["reranker"]
    order = f"reranking: {reranker['name'] or 'off'}"
    lines = [embedder["name"], *comparison_lines(result["compared"]), embedder["coverage"], order]
    return "\n".join(filter(None, lines))


def _golden(result: Result) -> str:
    return "\n".join(question_lines(result)) or "no test questions"


WORDS: dict[str, Callable[[Result], str]] = {
    "refusal": table,
    "findings": _findings,
    "embedder": _models,
    "golden": _golden,
    "offers": stock_lines,
    "checked": check_line,
    "downloaded": downloaded_line,
}
"""By what a result has: how it is put for a person."""


def address(passage: Result) -> str:
    """Document, page and headings of a passage, in one line."""
    parts = [passage["name"]]
    parts += [f"page {passage['page']}"] * bool(passage["page"])
    return ", ".join(parts + [" › ".join(passage["heading"])] * bool(passage["heading"]))
