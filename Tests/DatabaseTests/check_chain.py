#!/usr/bin/env python3
"""Checks the hash chains of a ptflow net without PostgreSQL and without ptflow.

Reads the export that docs/hash-chain.md describes, one JSON object a line, on standard input. Prints each place where a
chain is broken, with the instance and the seq. Ends with 0 when all is intact, 1 when a chain is broken, 2 when the
input is not such an export.
"""

import hashlib
import json
import sys


def field(text):
    """A text by its length in characters, a colon, itself and a comma; an absent one is empty and has no length."""
    return ":," if text is None else f"{len(text)}:{text},"


def counts(marking):
    """A marking as PostgreSQL writes an array."""
    return "{" + ",".join(str(count) for count in marking) + "}"


def genesis(net, instance):
    text = field(net["net"]) + field(net["digest"]) + field(instance["id"])
    text += f"{instance['created_at']}," + counts(net["initial"])
    return hashlib.sha256(text.encode()).digest()


def link(previous, event):
    text = field(event["id"]) + field(event["action"]) + f"{event['multiple']},"
    text += field(event["payload"]) + field(event["actor"]) + field(event["key"])
    text += f"{event['seq']},{event['at']}," + field(event["role"]) + counts(event["marking"])
    return hashlib.sha256(previous + text.encode()).digest()


def check(net, instance, events):
    """The problems of one instance, each a seq and words."""
    if instance is None:
        yield min(events), "the instance is missing"
        return
    head, marking = genesis(net, instance), net["initial"]
    for seq in sorted(events):
        event = events[seq]
        if seq > 1 and seq - 1 not in events:
            yield seq, "the event before it is missing"
            head = None
        if head is not None and link(head, event) != bytes.fromhex(event["hash"]):
            yield seq, "its hash is not that of what it says after the event before it"
        head, marking = bytes.fromhex(event["hash"]), event["marking"]
    last = max(events, default=0)
    if instance["seq"] != last:
        yield last, f"the instance has seq {instance['seq']}"
    elif bytes.fromhex(instance["head"]) != head:
        yield last, "the instance has another head"
    elif instance["marking"] != marking:
        yield last, "the instance has another marking"


def main():
    nets, instances, events = [], {}, {}
    try:
        for line in sys.stdin.buffer.read().decode().split("\n"):
            if not line:
                continue
            row = json.loads(line)
            if row["kind"] == "net":
                nets.append({name: row[name] for name in ("net", "digest", "initial")})
            elif row["kind"] == "instance":
                instances[row["id"]] = row
            elif row["kind"] == "event":
                events.setdefault(row["id"], {})[row["seq"]] = row
            else:
                raise ValueError(f"there is no kind {row['kind']}")
        if len(nets) != 1:
            raise ValueError(f"there are {len(nets)} nets, not one")
        problems = [
            f"{json.dumps(id)} seq {seq}: {words}"
            for id in sorted(instances.keys() | events.keys())
            for seq, words in check(nets[0], instances.get(id), events.get(id, {}))
        ]
    except (ValueError, KeyError, TypeError) as error:
        print(f"this is no export of a chain: {error!r}", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    if not problems:
        print(f"intact: {len(instances)} instances, {sum(map(len, events.values()))} events")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
