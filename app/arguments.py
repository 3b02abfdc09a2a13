"""What may be said on the command line."""

from __future__ import annotations

import argparse

from app import __version__


def parser() -> argparse.ArgumentParser:
    """The whole command line. Without a command, the window opens."""
    common = argparse.ArgumentParser(add_help=False)
    # SUPPRESS: an option given before the command is not overwritten by the one after it.
    common.add_argument(
        "--home", metavar="DIR", default=argparse.SUPPRESS, help="where everything is kept"
    )
    common.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="one JSON document on standard output",
    )
    top = argparse.ArgumentParser(
        prog="quire",
        description="A private desktop knowledge base. Without a command, the window opens.",
        parents=[common],
    )
    top.add_argument("--version", action="version", version=f"quire {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    workspace = commands.add_parser("workspace", help="make and list workspaces")
    actions = workspace.add_subparsers(dest="action", required=True)
    create = actions.add_parser("create", parents=[common], help="make a workspace")
    create.add_argument("name")
    actions.add_parser("list", parents=[common], help="list the workspaces")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=text)
        sub.add_argument("workspace", help="name or id of a workspace")
        return sub

    add = command("add", "import documents and wait until they are ready")
    add.add_argument("paths", nargs="+", metavar="path", help="files or folders")
    add.add_argument(
        "--password-file", metavar="FILE", help="passwords to try on protected files, one a line"
    )
    remove = command("remove", "delete documents and count what is left of them")
    remove.add_argument("documents", nargs="+", metavar="document", help="name or id")
    retry = command("retry", "import once more what did not become ready")
    retry.add_argument("documents", nargs="*", metavar="document", help="id; default: all of it")
    report = command("report", "every file ever offered, and how that ended")
    report.add_argument("--output", metavar="FILE", help="write it as .md or .csv")
    repair = command("repair", "check a workspace and put right what is damaged")
    repair.add_argument("--check", action="store_true", help="only say what is damaged")
    watch = command("watch", "have a workspace follow folders; without one, bring it up to date")
    watch.add_argument("folders", nargs="*", metavar="folder")
    watch.add_argument("--no-subfolders", action="store_true")
    watch.add_argument("--ignore", action="append", default=[], metavar="PATTERN")
    watch.add_argument("--follow", action="store_true", help="remove here what is deleted there")
    embedder = command(
        "embedder",
        "show or change the embedding model of a workspace; where there are test questions, what "
        "they say before and after",
    )
    embedder.add_argument("folder", nargs="?", help="a sentence-transformers model")
    embedder.add_argument("--undo", action="store_true", help="go back to the one before")
    embedder.add_argument(
        "--reranker", metavar="FOLDER|off", help="a cross-encoder that puts what is found in order"
    )
    golden = command("golden", "list the test questions of a workspace")
    golden.add_argument(
        "--measure", action="store_true", help="ask them, and say how well search finds the answers"
    )
    search = command("search", "find passages")
    search.add_argument("question")
    search.add_argument("--limit", type=_count, default=10, metavar="N")
    ask = command("ask", "answer a question from the documents")
    ask.add_argument("question")
    ask.add_argument("--model", metavar="FILE|quotes", help="a GGUF file, for this question only")
    ask.add_argument("--conversation", help="id of a conversation to go on with")
    ask.add_argument(
        "--anyway", action="store_true", help="answer also where the documents do not seem to"
    )
    text = command("text", "show the text that was read from a document")
    text.add_argument("document", help="name or id of a document")
    export = command("export", "write a conversation as Markdown")
    export.add_argument("conversation", help="id of a conversation")
    export.add_argument("--output", metavar="FILE", help="default: the title, in this folder")
    evaluate = commands.add_parser(
        "evaluate", parents=[common], help="measure search with questions whose answers are known"
    )
    evaluate.add_argument(
        "folder", help="holds questions.jsonl, and corpus.jsonl or documents.jsonl"
    )
    evaluate.add_argument(
        "--limit", type=_count, metavar="N", help="ask so many answerable questions and others"
    )
    _add_models(commands, common)
    return top


def _add_models(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    models = commands.add_parser("models", help="models for this machine, and those it has")
    actions = models.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser(
        "list",
        parents=[common],
        help="models on offer, what fits this machine first, and those that are on the disk",
    )
    download = actions.add_parser(
        "download", parents=[common], help="download a model, or go on with that"
    )
    download.add_argument("name", help="of an offer (see list), or OWNER/NAME of a repository")
    download.add_argument("--file", metavar="PATH", help="a GGUF file of the repository")
    download.add_argument(
        "--source", metavar="MIRROR", help="the name of a mirror, or an address (https://…)"
    )
    download.add_argument(
        "--accept-licence", action="store_true", help="accept the licence that the model has"
    )
    check = actions.add_parser(
        "check", parents=[common], help="say whether a GGUF file is sound, and which one it is"
    )
    check.add_argument("file")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return int(text)
