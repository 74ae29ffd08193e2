#!/usr/bin/env python3
"""Checks the hash chains of a ptflow net without PostgreSQL and without ptflow.

Reads the export that docs/hash-chain.md describes, one JSON object a line, on standard input. Computes every hash again,
and fires every event again from the initial marking of the net's canonical form. Prints each problem with the instance
and the seq. Ends with 0 when all is intact, 1 when there is a problem, 2 when the input is not such an export.
"""

import hashlib
import json
import re
import sys

NAME = r'"((?:[^"\\]|\\["\\]|\\u\{[0-9a-f]+\})*)"'
PLACE = re.compile(rf"place {NAME} initial (\d+)(?: capacity (\d+))?")
ROLE = re.compile(rf"role {NAME}( creates)?( destroys)?")
TRANSITION = re.compile(rf"transition {NAME} roles((?: {NAME})+)")
ARC = re.compile(rf"arc {NAME} (input|read|inhibitor|output|reset) {NAME}(?: (\d+))?")
MOST = 2**63 - 1


def sha256(data):
    return hashlib.sha256(data).digest()


def field(text):
    """A text by its length in code points, a colon, itself and a comma; an absent one is empty and has no length."""
    return ":," if text is None else f"{len(text)}:{text},"


def name(quoted):
    """A name without its escapes."""
    return re.sub(r'\\(?:u\{([0-9a-f]+)\}|(.))', lambda m: chr(int(m[1], 16)) if m[1] else m[2], quoted)


class Version:
    """A version of the net, as its canonical form says."""

    def __init__(self, row):
        if row["encoding"] != 1:
            raise ValueError(f"there is no encoding {row['encoding']} here")
        self.net = row["net"]
        self.places = row["places"]
        self.digest = hashlib.sha256(row["canonical_form"].encode()).hexdigest()
        self.is_catalogued = self.digest == row["digest"]
        self.initial, self.capacity, self.roles, self.creators, self.arcs = {}, {}, {}, [], {}
        every = {"default"}
        for line in row["canonical_form"].split("\n")[:-1]:
            if m := PLACE.fullmatch(line):
                self.initial[name(m[1])] = int(m[2])
                self.capacity[name(m[1])] = int(m[3]) if m[3] else MOST
            elif m := ROLE.fullmatch(line):
                every.add(name(m[1]))
                if m[2]:
                    self.creators.append(name(m[1]))
            elif m := TRANSITION.fullmatch(line):
                self.roles[name(m[1])] = [name(role) for role in re.findall(NAME, m[2])]
                self.arcs[name(m[1])] = {}
                every.update(self.roles[name(m[1])])
            elif m := ARC.fullmatch(line):
                self.arcs[name(m[1])].setdefault(name(m[3]), {})[m[2]] = int(m[4] or 0)
            else:
                raise ValueError(f"this is no line of a canonical form: {line!r}")
        self.creators = self.creators or sorted(every)
        if sorted(self.places) != sorted(self.initial):
            raise ValueError("the places of the table are not those of the canonical form")

    def enables(self, action, marking):
        """Whether an action may fire once."""
        for place, arc in self.arcs[action].items():
            tokens = marking[place]
            left = 0 if "reset" in arc else tokens - arc.get("input", 0)
            if (tokens < arc.get("input", 0) or tokens < arc.get("read", 0)
                    or tokens >= arc.get("inhibitor", MOST + 1)
                    or left + arc.get("output", 0) > self.capacity[place]):
                return False
        return True

    def after(self, action, times, marking):
        """The marking after so many firings, whether they are allowed or not."""
        after = dict(marking)
        for place, arc in self.arcs[action].items() if times else ():
            if "reset" in arc:
                after[place] = arc.get("output", 0)
            else:
                after[place] += times * (arc.get("output", 0) - arc.get("input", 0))
        return after

    def fire(self, action, times, marking):
        """The marking after so many firings in a row, or None. They change a place by the same amount each, so that all
        of them are enabled where the first and the last one are."""
        for before in (marking, self.after(action, times - 1, marking)):
            if not self.enables(action, before):
                return None
        return self.after(action, times, marking)


def root(version, id):
    return sha256(("ptflow 1," + field(version.net) + field(version.digest) + field(id)).encode())


def payload_hash(event):
    if event["payload"] is None:
        return bytes.fromhex(event["payload_hash"])
    return sha256(event["payload"].encode())


def link(previous, event):
    text = f"{event['multiple']}," + field(event["key_hash"]) + field(event["action"]) + field(event["role"])
    moment = event["at"].to_bytes(8, "big", signed=True)
    return sha256(previous + moment + payload_hash(event) + (text + event["actor"]).encode())


def check_beginning(version, event):
    """What is wrong with the event of seq 0 in itself."""
    is_beginning = event["action"] == "" and event["multiple"] == 1 and event["key_hash"] is None
    if not is_beginning or payload_hash(event) != sha256(b"{}"):
        yield "it is no beginning"
    if event["role"] not in version.creators + ["*"]:
        yield "its role may not create an instance"


def check(versions, id, is_instance, events):
    """The problems of one instance, each a seq and words."""
    if not is_instance:
        yield min(events), "the instance is missing"
    if 0 not in events:
        yield min(events, default=0), "the instance has no beginning"
        return
    version = versions[events[0]["version"]]
    if not version.is_catalogued:
        yield 0, "the digest of its version is not that of the canonical form"
    previous, marking, moment = root(version, id), version.initial, events[0]["at"]
    for seq in sorted(events):
        event = events[seq]
        if seq > 0 and seq - 1 not in events:
            yield seq, "the event before it is missing"
        elif link(previous, event) != bytes.fromhex(event["hash"]):
            yield seq, "its hash is not that of what it says after the event before it"
        if event["version"] != events[0]["version"]:
            yield seq, "its version is not that of the beginning"
        if seq == 0:
            yield from ((seq, words) for words in check_beginning(version, event))
        elif event["action"] not in version.arcs:
            yield seq, "the net has no such action"
            marking = None
        else:
            if event["role"] not in version.roles[event["action"]] + ["*"]:
                yield seq, "its role may not fire the action"
            marking = version.fire(event["action"], event["multiple"], marking) if event["multiple"] > 0 else None
            if marking is None:
                yield seq, "it is not enabled"
        if event["actor"] == "":
            yield seq, "it has no actor"
        if event["at"] < moment:
            yield seq, "it is earlier than the event before it"
        stored = dict(zip(version.places, event["marking"]))
        if marking is not None and (marking != stored or len(event["marking"]) != len(stored)):
            yield seq, "its marking is not what firing gives"
        # The next event is held against what is stored, so that one fault is told once.
        previous, marking, moment = bytes.fromhex(event["hash"]), stored, event["at"]


def unique(members):
    """The members of a JSON object, none of which may come twice."""
    if len(dict(members)) != len(members):
        raise ValueError("a field comes twice")
    return dict(members)


def main():
    versions, instances, events = {}, set(), {}
    try:
        for line in sys.stdin.buffer.read().decode().split("\n"):
            if not line:
                continue
            row = json.loads(line, object_pairs_hook=unique)
            if row["kind"] == "version":
                versions[row["version"]] = Version(row)
            elif row["kind"] == "instance":
                instances.add(row["id"])
            elif row["kind"] == "event":
                events.setdefault(row["id"], {})[row["seq"]] = row
            else:
                raise ValueError(f"there is no kind {row['kind']}")
        if not versions:
            raise ValueError("there is no net")
        problems = [
            f"{json.dumps(id)} seq {seq}: {words}"
            for id in sorted(instances | events.keys())
            for seq, words in check(versions, id, id in instances, events.get(id, {}))
        ]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        print(f"this is no export of a chain: {error!r}", file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    if not problems:
        print(f"intact: {len(instances)} instances, {sum(map(len, events.values()))} events")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
