"""The nets that are measured, as PNML."""

import pathlib
import xml.etree.ElementTree as ElementTree

TOKENS = 1_000_000_000


def ring(places):
    """A ring: `places` places and as many transitions, each of which takes a token on to the next place.

    The first place has more tokens than anybody fires, so that `t0` is enabled for as long as a measure lasts.
    """
    return rings(1, places)


def rings(count, places):
    """So many rings beside each other in one net; the sum of the tokens of each is one of its laws."""

    def element(index):
        first = index - index % places
        following = first + (index + 1) % places
        marking = f"<initialMarking><text>{TOKENS}</text></initialMarking>" if index == first else ""
        return (
            f'<place id="p{index}">{marking}</place>'
            f'<transition id="t{index}"/>'
            f'<arc id="take{index}" source="p{index}" target="t{index}"/>'
            f'<arc id="put{index}" source="t{index}" target="p{following}"/>'
        )

    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">',
            '<net id="ring" type="http://www.pnml.org/version-2009/grammar/ptnet">',
            '<page id="page">',
            *map(element, range(count * places)),
            "</page></net></pnml>\n",
        ]
    )


def write_rings(folder, count, places):
    """So many rings as files of a folder; each net is called as its file."""
    for index in range(count):
        (pathlib.Path(folder) / f"net{index}.pnml").write_text(ring(places))


NAMESPACE = "http://www.pnml.org/version-2009/grammar/pnml"


def as_pnml(name, places, arcs):
    """A net of places with their tokens, and of arcs from, to, weight; the transitions are what else arcs name."""
    nodes = [
        f'<place id="{place}"><initialMarking><text>{tokens}</text></initialMarking></place>'
        for place, tokens in places.items()
    ]
    ends = dict.fromkeys(end for source, target, _ in arcs for end in (source, target))
    nodes += [f'<transition id="{end}"/>' for end in ends if end not in places]
    nodes += [
        f'<arc id="a{number}" source="{source}" target="{target}">'
        f"<inscription><text>{weight}</text></inscription></arc>"
        for number, (source, target, weight) in enumerate(arcs)
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<pnml xmlns="{NAMESPACE}"><net id="{name}" type="http://www.pnml.org/version-2009/grammar/ptnet">',
            '<page id="page">', *nodes, "</page></net></pnml>\n",
        ]
    )


def philosophers(count):
    """Philosophers who take the left fork first, then the right one; all can hold their left ones at once."""
    places, arcs = {}, []
    for index in range(count):
        fork, right = f"fork{index}", f"fork{(index + 1) % count}"
        thinks, waits, eats = f"thinks{index}", f"waits{index}", f"eats{index}"
        places |= {fork: 1, thinks: 1, waits: 0, eats: 0}
        for transition, inputs, outputs in [
            (f"left{index}", [thinks, fork], [waits]), (f"right{index}", [waits, right], [eats]),
            (f"back{index}", [eats], [thinks, fork, right]),
        ]:
            arcs += [(place, transition, 1) for place in inputs] + [(transition, place, 1) for place in outputs]
    return as_pnml("philosophers", places, arcs)


def write_stretched(source, target, steps):
    """A net with so many silent steps before each place into which something new comes.

    What deadlocks, is safe, fires and comes back stays so: a token waits before its place, and may always go on.
    """
    root = ElementTree.parse(source).getroot()

    def number(element, path, otherwise):
        found = element.find(path, {"": NAMESPACE})
        return otherwise if found is None else int(found.text)

    places = {
        element.get("id"): number(element, "initialMarking/text", 0)
        for element in root.iter(f"{{{NAMESPACE}}}place")
    }
    arcs = [
        (element.get("source"), element.get("target"), number(element, "inscription/text", 1))
        for element in root.iter(f"{{{NAMESPACE}}}arc")
    ]
    taken = {(source, target) for source, target, _ in arcs}
    stretched, fed = [], set()
    for begin, end, weight in arcs:
        if end in places and (end, begin) not in taken:
            fed.add(end)
            end = f"{end}_0"
        stretched.append((begin, end, weight))
    for place in sorted(fed):
        for step in range(steps):
            following = f"{place}_{step + 1}" if step + 1 < steps else place
            places[f"{place}_{step}"] = 0
            stretched += [(f"{place}_{step}", f"on_{place}_{step}", 1), (f"on_{place}_{step}", following, 1)]
    pathlib.Path(target).write_text(as_pnml("stretched", places, stretched))
