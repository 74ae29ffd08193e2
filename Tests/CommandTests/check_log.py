"""Says what pm4py makes of an exported log: check_log.py XES PNML OCEL NDJSON

The number of traces and events of the XES, how well the log fits the net (by token replay, each trace to its own last
state), and the numbers of objects and events of the OCEL.
"""

import json
import sys

import pm4py
from pm4py.algo.conformance.tokenreplay import algorithm as token_replay
from pm4py.objects.petri_net.obj import Marking

xes, pnml, ocel, ndjson = sys.argv[1:]
net, initial, _ = pm4py.read_pnml(pnml)
last = {}
for line in open(ndjson):
    event = json.loads(line)
    last[event["id"]] = event["state"]

log = pm4py.read_xes(xes, return_legacy_log_object=True)
fits = []
for trace in log:
    state = last[trace.attributes["concept:name"]]
    # pm4py calls a place by its id, whose name stands beside it.
    final = Marking({place: state[place.properties["place_name_tag"]] for place in net.places
                     if state[place.properties["place_name_tag"]] > 0})
    one = pm4py.objects.log.obj.EventLog([trace])
    parameters = {token_replay.Variants.TOKEN_REPLAY.value.Parameters.TRY_TO_REACH_FINAL_MARKING_THROUGH_HIDDEN: False}
    fits += token_replay.apply(one, net, initial, final, parameters=parameters)
objects = pm4py.read_ocel2_json(ocel)
print(json.dumps({
    "traces": len(log),
    "events": sum(len(trace) for trace in log),
    "activities": sorted({event["concept:name"] for trace in log for event in trace}),
    "fitness": [fit["trace_fitness"] for fit in fits],
    "fits": all(fit["trace_is_fit"] for fit in fits),
    "objects": len(objects.objects),
    "ocel_events": len(objects.events),
    "types": sorted(set(objects.events["ocel:activity"])),
}))
