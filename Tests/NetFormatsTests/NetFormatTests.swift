import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct NetFormatTests {
  @Test(arguments: [
    ("<document><subnet/></document>", NetFormat.pflow),
    ("<pnml xmlns='http://www.pnml.org/version-2009/grammar/pnml'><net type='P/T net'/></pnml>", .pnml),
    ("<pnml><net/></pnml>", .pnml),
    ("<pnml><net><place id='p'><name><text>a</text></name></place></net></pnml>", .pnml),
    ("<pnml><net><place id='p'><name><value>a</value></name></place></net></pnml>", .pipe),
    ("<pnml><net type='P/T net'/></pnml>", .pipe),
    ("<pnml><net><token id='Default'/></net></pnml>", .pipe),
    ("<pnml><net><place id='p'/><transition id='t'><rate><value>1</value></rate></transition></net></pnml>", .pipe),
    ("# a net\ntr t1 p1 -> p2", .tina), ("\n net demo", .tina), ("# one\n\n  # two\r\npl p1 (2)", .tina),
    ("PLACE a; MARKING;", .lola), ("{ a comment }\n{}PLACE a;\nMARKING a;", .lola), ("// one\nPLACE a;MARKING;", .lola),
  ])
  func `the format is found by what is in the file`(_ text: String, _ format: NetFormat) {
    #expect(Reading(text).file?.format == format)
  }

  @Test(arguments: [
    ("(schema name)", "pflow.xyz (S-expressions)"),
    ("<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>", "BPMN"),
    ("<bpmn:definitions xmlns:bpmn='http://www.omg.org/spec/BPMN/20100524/MODEL'/>", "BPMN"),
    ("<!DOCTYPE workspaceElements PUBLIC '-//CPN//DTD CPNXML 1.0//EN' 'x.dtd'><workspaceElements/>", "CPN Tools"),
  ])
  func `formats that are not read are known by name`(_ text: String, _ program: String) {
    let reading = Reading(text)
    #expect(
      reading.diagnostics.all.map(\.message.description) == ["this is a file of \(program), which is not read"])
    #expect(reading.diagnostics.all.first?.message.hint == "export it as PNML")
  }

  @Test func `what is no net at all is told with what is read`() {
    #expect(
      Reading("Dear ann,").told == """
        net.xml:1:1: error: this is no net in a format that is read
        1 | Dear ann,
          | ^ what is read: \(NetFormat.allCases.map(\.title).joined(separator: ", "))
        """)
    for text in ["# A page\n\nof Markdown", "# only a heading", "#", "network", "PLACEMENT"] {
      #expect(Reading(text).heads == ["1:1: error: this is no net in a format that is read"], "\(text)")
    }
    #expect(Reading("").heads == ["1:1: error: the file is empty"])
    #expect(Reading(" \n\t").heads == ["2:2: error: the file is empty"])
    #expect(Reading("\u{FEFF}").heads == ["1:1: error: the file is empty"])
    #expect(Reading("<svg/>").heads == ["1:1: error: <svg> is not the beginning of a net"])
    #expect(Reading("<!DOCTYPE html>\n<html></html>").heads == ["1:1: error: <html> is not the beginning of a net"])
    #expect(Reading("<pnml>\0</pnml>").heads == ["1:7: error: the file holds a zero byte, which no text has"])
  }
}
