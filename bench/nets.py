"""The nets that are measured, as PNML."""

import pathlib

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
