import Diagnostics
import Installer
import NetFormats

/// XES, IEEE 1849-2016: a trace an instance, an event a firing, so that the log can be replayed on the net.
struct XESWriter: EventWriter {
  let net: String
  private var trace: String?

  init(net: String) { self.net = net }

  func head() -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
      <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
      <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
      <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
      <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
      <global scope="trace">
        <string key="concept:name" value=""/>
      </global>
      <global scope="event">
        <string key="concept:name" value=""/>
        <date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
        <string key="lifecycle:transition" value="complete"/>
      </global>
      <classifier name="Activity" keys="concept:name"/>
      <string key="concept:name" value="\(xml(net))"/>

    """
  }

  mutating func event(_ event: StoredEvent) throws -> String {
    var text = ""
    if trace?.utf8.elementsEqual(event.id.utf8) != true {
      if trace != nil { text += "  </trace>\n" }
      trace = event.id
      text += "  <trace>\n    <string key=\"concept:name\" value=\"\(xml(event.id))\"/>\n"
    }
    guard event.seq > 0 else { return text }
    guard event.multiple <= Self.mostFirings else {
      throw UnwritableEvent(
        event: event, reason: "is \(event.multiple) firings in a row; in XES each is an event",
        hint: "Export it as ndjson, csv or ocel, or without this instance.")
    }
    let key = event.key.map { "      <string key=\"ptflow:key\" value=\"\(xml($0))\"/>\n" } ?? ""
    let firing = """
          <event>
            <string key="concept:name" value="\(xml(event.action))"/>
            <date key="time:timestamp" value="\(event.at)"/>
            <string key="lifecycle:transition" value="complete"/>
            <string key="org:resource" value="\(xml(event.actor))"/>
            <string key="org:role" value="\(xml(event.role))"/>
            <int key="ptflow:seq" value="\(event.seq)"/>
            <string key="ptflow:payload" value="\(xml(event.payload))"/>
      \(key)    </event>

      """
    return text + String(repeating: firing, count: event.multiple)
  }

  func foot() -> String { (trace == nil ? "" : "  </trace>\n") + "</log>\n" }

  private static let mostFirings = 100_000
}
