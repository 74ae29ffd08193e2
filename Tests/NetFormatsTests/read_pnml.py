"""Prints how pm4py reads PNML files: an object a line, with names and no ids, so that it can be compared.

With --write, instead, pm4py writes a net of its own to the file: silent transitions, a reset and an inhibitor arc, weights.
"""

import contextlib
import io
import json
import sys

with contextlib.redirect_stdout(io.StringIO()):
    from pm4py.objects.petri_net.exporter.variants import pnml as exporter
    from pm4py.objects.petri_net.importer.variants import pnml as importer
    from pm4py.objects.petri_net.obj import Marking, ResetInhibitorNet
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to


def read(file):
    net, initial, final = importer.import_net(file)
    place_names = {place: place.properties["place_name_tag"] for place in net.places}
    names = place_names | {t: t.properties["trans_name_tag"] for t in net.transitions}
    return {
        "places": sorted([name, initial[place]] for place, name in place_names.items()),
        "ends": sorted([name, final[place]] for place, name in place_names.items()),
        "transitions": sorted([names[t], t.label is None] for t in net.transitions),
        "arcs": sorted(
            [names[a.source], names[a.target], a.weight, a.properties.get("arctype") or "normal"] for a in net.arcs
        ),
    }


def write(file):
    net = ResetInhibitorNet("shop")
    places = {name: ResetInhibitorNet.Place(name) for name in ["start", "basket", "paid", "closed"]}
    transitions = {
        name: ResetInhibitorNet.Transition(name, label)
        for name, label in [("add", "add"), ("pay", "pay"), ("skip", None)]
    }
    net.places.update(places.values())
    net.transitions.update(transitions.values())
    add_arc_from_to(places["start"], transitions["add"], net)
    add_arc_from_to(transitions["add"], places["basket"], net, weight=2)
    add_arc_from_to(places["basket"], transitions["pay"], net, weight=2)
    add_arc_from_to(transitions["pay"], places["paid"], net)
    add_arc_from_to(places["start"], transitions["skip"], net)
    add_arc_from_to(places["basket"], transitions["skip"], net, type="reset")
    add_arc_from_to(places["closed"], transitions["pay"], net, type="inhibitor")
    add_arc_from_to(transitions["skip"], places["paid"], net)
    exporter.export_net(net, Marking({places["start"]: 2}), file, final_marking=Marking({places["paid"]: 2}))


if sys.argv[1] == "--write":
    write(sys.argv[2])
else:
    for file in sys.argv[1:]:
        print(json.dumps(read(file)))
