"""A child with bad manners: ``python rude.py MANNER``. Speaks just enough of the wire to be rude on it."""

import json
import os
import sys
import time

from workspaces.protocol.messages import PROTOCOL_VERSION


def send(frame: object) -> None:
    sys.stdout.write(json.dumps(frame) + "\n")
    sys.stdout.flush()


def ready(version: int = PROTOCOL_VERSION) -> None:
    send({"type": "ready", "role": "rude", "version": version, "pid": os.getpid()})


def done(number: int) -> None:
    send({"type": "done", "id": number, "body": {"type": "Nothing"}})


def main(manner: str) -> None:
    if manner == "silent":
        time.sleep(60)
    if manner == "early":
        print("no such library", file=sys.stderr)
        sys.exit(3)
    ready(99 if manner == "stranger" else PROTOCOL_VERSION)
    for line in sys.stdin:
        frame = json.loads(line)
        if frame["type"] == "cancel":
            continue
        behave(manner, frame["id"])
    if manner == "stubborn":
        time.sleep(60)


def behave(manner: str, number: int) -> None:
    match manner:
        case "garbage":
            print("Segmentation what?", flush=True)
            time.sleep(60)
        case "half":
            sys.stdout.write('{"type":"done","id":')
            sys.stdout.flush()
            os._exit(0)
        case "abort":
            print("GGML_ASSERT(rude) failed", file=sys.stderr, flush=True)
            os.abort()
        case "memory":
            print("terminate called: std::bad_alloc", file=sys.stderr, flush=True)
            os.abort()
        case "hang":
            time.sleep(60)
        case "flood":
            sys.stderr.write("x" * 5_000_000 + "\n" * 1000)
            done(number)
        case "late":
            time.sleep(0.3)
            done(number)
            done(number)
            done(number + 1000)
        case "beats":
            while True:
                send({"type": "beat"})
                time.sleep(0.1)
        case _:
            done(number)


if __name__ == "__main__":
    main(sys.argv[1])
