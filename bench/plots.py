"""The plots of the results, as SVG that needs nothing but a browser."""

import math
import statistics
from xml.sax.saxutils import escape

BLUE, GREY = "#2f6fb5", "#9aa5b1"
WIDTH, LEFT, RIGHT = 720, 210, 70


def all_of(raw):
    """Name, title and SVG of every plot for which there is data: rows of raw results by measure."""
    if "dispatch" in raw:
        for durability, title in ("on", "durable"), ("off", "synchronous_commit off"):
            rows = [row for row in raw["dispatch"] if row["synchronous_commit"] == durability]
            title = f"Transactions a second beside the hand-written statement, {title}"
            yield f"dispatch-{durability}", title, bars(title, relative(rows, "hand12"))
        title = "Latency by quantile, durable, ms"
        yield "latency", title, lines(title, "quantile", latencies(raw["dispatch"]))
    if "peers" in raw:
        title = "Calls a second beside a durable dispatch"
        yield "peers", title, bars(title, relative(raw["peers"], "dispatch"))
    if "places" in raw:
        rates = medians(raw["places"])
        points = [(places, rates["10"] / rate) for places, rate in rates.items()]
        title = "Cost of a dispatch beside that of 10 places, by places of the net"
        yield "places", title, lines(title, "places", {"ptflow": points})
    if "snapshot" in raw:
        series = {}
        for row in raw["snapshot"]:
            series.setdefault(row["contender"], []).append((int(row["round"]), float(row["value"])))
        title = "Transactions a second while a snapshot is held, from slice 3 on"
        yield "snapshot", title, lines(title, "slice", {name: sorted(points) for name, points in series.items()})


def values(rows, quantity="rate"):
    """The values of each contender, in the order of the rounds."""
    found = {}
    for row in sorted(rows, key=lambda row: int(row["round"])):
        if row["quantity"] == quantity:
            found.setdefault(row["contender"], []).append(float(row["value"]))
    return found


def medians(rows):
    return {name: statistics.median(each) for name, each in values(rows).items()}


def relative(rows, base):
    """Contender, ratio of medians, least and greatest ratio of a round."""
    found = values(rows)
    middle = statistics.median(found[base])
    for name, each in found.items():
        ratios = [value / other for value, other in zip(each, found[base])]
        yield name, statistics.median(each) / middle, min(ratios), max(ratios)


def latencies(rows):
    durable = [row for row in rows if row["synchronous_commit"] == "on"]
    series = {}
    for quantile in "p50", "p90", "p99", "p99.9":
        for name, each in values(durable, quantile).items():
            series.setdefault(name, []).append((quantile, statistics.median(each)))
    return series


def bars(title, entries):
    """A bar for each entry, with a line from the least to the greatest ratio."""
    entries = sorted(entries, key=lambda entry: -entry[1])
    scale = (WIDTH - LEFT - RIGHT) / max(1.05, *(high for *_, high in entries))
    parts = []
    for index, (name, value, low, high) in enumerate(entries):
        y = 44 + 30 * index
        parts += [
            text(LEFT - 10, y + 15, name, "end"),
            f'<rect x="{LEFT}" y="{y}" width="{value * scale:.1f}" height="20" '
            f'fill="{BLUE if name == "dispatch" else GREY}"/>',
            line(LEFT + low * scale, y + 10, LEFT + high * scale, y + 10, 2),
            text(LEFT + max(value, high) * scale + 8, y + 15, f"{value:.2f}"),
        ]
    height = 60 + 30 * len(entries)
    parts.append(line(LEFT + scale, 36, LEFT + scale, height - 16, 1))
    return picture(title, height, parts)


def lines(title, axis, series):
    """A line for each series of points (x, y). What is not a number is set at equal distances."""
    height, top, bottom, left = 320, 44, 270, 60
    labels = [x for x, _ in next(iter(series.values()))]
    numeric = all(isinstance(x, int | float) or x.isdecimal() for x in labels)
    places = [float(x) for x in labels] if numeric else list(range(len(labels)))
    low, high = min(places), max(places)
    peak = max(y for points in series.values() for _, y in points) * 1.05

    def at(index, y):
        x = left + (places[index] - low) / ((high - low) or 1) * (WIDTH - left - 120)
        return x, bottom - y / peak * (bottom - top)

    parts = [line(left, bottom, WIDTH - 120, bottom, 1)]
    for tick in ticks(peak):
        y = at(0, tick)[1]
        parts += [line(left, y, WIDTH - 120, y, 0.3), text(left - 6, y + 4, f"{tick:g}", "end")]
    step = max(1, len(labels) // 12)
    parts += [text(at(i, 0)[0], bottom + 18, str(label), "middle") for i, label in enumerate(labels) if i % step == 0]
    parts.append(text((left + WIDTH - 120) / 2, bottom + 38, axis, "middle"))
    ends = []
    for name, points in series.items():
        colour = BLUE if name in ("dispatch", "ptflow") else GREY
        path = " ".join("{:.1f},{:.1f}".format(*at(index, y)) for index, (_, y) in enumerate(points))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        ends.append((at(len(points) - 1, points[-1][1])[1], name))
    free = 0
    for y, name in sorted(ends):  # names that would lie upon each other move down
        free = max(y, free)
        parts.append(text(WIDTH - 112, free + 4, name))
        free += 14
    return picture(title, height, parts)


def ticks(peak):
    """Round numbers up to the peak, three to eight of them."""
    size = 10 ** math.floor(math.log10(peak / 3))
    step = next(size * factor for factor in (5, 2, 1) if size * factor <= peak / 3)
    return [step * count for count in range(1, int(peak / step) + 1)]


def text(x, y, words, anchor="start"):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def line(x1, y1, x2, y2, width):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#333" stroke-width="{width}"/>'


def picture(title, height, parts):
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
            'font-family="sans-serif" font-size="13" fill="#222">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
            f'<text x="14" y="24" font-size="14" font-weight="bold">{escape(title)}</text>',
            *parts,
            "</svg>\n",
        ]
    )
