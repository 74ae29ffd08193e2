import Diagnostics
import NetFormats
import PetriNet
import Testing

/// Files that are broken, or made to break a reader.
@Suite struct XMLTests {
  @Test func `a document type is refused before it defines anything`() {
    let reading = Reading(
      """
      <?xml version="1.0"?>
      <!DOCTYPE pnml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
      <pnml><net><name><text>&b;&c;</text></name></net></pnml>
      """)
    #expect(
      reading.told == """
        net.xml:2:1: error: the file has a document type, which is not read because it can define entities
        2 | <!DOCTYPE pnml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>
          | ^ remove <!DOCTYPE …>
        """)
  }

  @Test func `a file that was cut off says where it was`() {
    #expect(
      Reading("<pnml>\n  <net>\n    <place id=\"a\">\n").told == """
        net.xml:4:1: error: the file ends inside <place>, which is opened at net.xml:3:5
        4 | \("")
          | ^ the file was cut off, or </place> is missing
        """)
    #expect(
      Reading("<pnml>\n  <net>\n    <place id=\"a").heads == [
        "3:17: error: the file ends inside <net>, which is opened at net.xml:2:3"
      ])
  }

  @Test func `every way to cut a file off is an error and no crash`() {
    let text = Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <pnml><net id="n"><place id="ä &amp; b"><name><text><![CDATA[x]]> y</text></name></place><!-- c --></net></pnml>
      """.utf8)
    #expect(Reading(bytes: text).heads == [])
    for length in text.indices {
      let reading = Reading(bytes: Array(text[..<length]))
      #expect(reading.diagnostics.errors.count == 1)
      #expect(reading.file == nil)
    }
  }

  @Test func `an end tag that does not fit says what is open`() {
    #expect(
      Reading("<pnml>\n  <net>\n  </page>\n</pnml>").told == """
        net.xml:3:3: error: this end tag does not fit: <net> is still open, since net.xml:2:3
        3 |   </page>
          |   ^ </net> must stand before it
        """)
  }

  @Test(arguments: [
    "<pnml><net id='&foo;'/></pnml>", "<pnml><net id='a & b'/></pnml>", "<pnml><net id='a' id='b'/></pnml>",
    "<pnml><net id='a'/></pnml>\nmore", "<pnml/><pnml/>", "<?xml version='1.0'?>", "<!-- nothing -->", "< pnml/>",
    "<pnml>\u{1}</pnml>", "<pnml><net id=a/></pnml>", "<pnml>&#0;</pnml>", "<", "<pnml>]]></pnml>",
  ])
  func `what is not well-formed is told once`(_ text: String) {
    let reading = Reading(text)
    #expect(reading.diagnostics.all.count == 1)
    #expect(reading.heads.first?.contains("error: this is not well-formed XML: ") == true)
  }

  @Test func `what an XML parser may be asked for is not done`() {
    let reading = Reading(
      """
      <?xml-stylesheet href="http://127.0.0.1:9/x"?><pnml><net>
      <xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/><?php exit ?>
      </net></pnml>
      """)
    #expect(reading.heads == ["2:1: error: <include> means nothing in <net>"])
  }

  @Test func `entities of XML's own are read everywhere`() {
    let reading = Reading(
      "<pnml><net><place id='a&amp;&lt;&#98;'><name><text>x &gt; <![CDATA[<&>]]></text></name></place></net></pnml>")
    #expect(reading.places == ["x > <&>"])
  }

  @Test func `elements nested without end are refused`() {
    let reading = Reading("<pnml>" + String(repeating: "<page>", count: 100_000))
    #expect(reading.heads == ["1:1201: error: elements are nested more than 200 deep"])
    let deep = "<pnml><net>" + String(repeating: "<page>", count: 197) + "<place id='p'/>"
    #expect(Reading(deep + String(repeating: "</page>", count: 197) + "</net></pnml>").places == ["p"])
  }

  @Test func `a text of megabytes is refused`() {
    let reading = Reading(
      "<pnml><net><name><text>\(String(repeating: "x", count: 10_000_001))</text></name></net></pnml>")
    #expect(reading.heads == ["1:18: error: the text of <text> is longer than 10 MB"])
    #expect(reading.told.utf8.count < 400)
  }

  @Test func `a byte order mark is no column`() {
    #expect(Reading("\u{FEFF}<pnml><net><ring/></net></pnml>").heads == ["1:12: error: <ring> means nothing in <net>"])
  }

  @Test func `a file in another encoding is refused by its name`() {
    #expect(
      Reading("<?xml version='1.0' encoding='Shift_JIS'?>\n<pnml/>").told == """
        net.xml:1:31: error: the file is in the encoding "Shift_JIS", which is not read
        1 | <?xml version='1.0' encoding='Shift_JIS'?>
          |                               ^ save it as UTF-8
        """)
    let utf16: [UInt8] = [0xFF, 0xFE] + "<pnml/>".utf8.flatMap { [$0, 0] }
    #expect(Reading(bytes: utf16).heads == ["1:1: error: the file is UTF-16, which is not read"])
    #expect(Reading(bytes: Array(utf16.dropFirst(2))).heads == ["1:1: error: the file is UTF-16, which is not read"])
  }

  @Test func `bytes that are not UTF-8 are told where they are`() {
    let reading = Reading(bytes: Array("<pnml>\n<net id=\"".utf8) + [0x67, 0xFC, 0x6E] + Array("\"/></pnml>".utf8))
    #expect(
      reading.told == """
        net.xml:2:11: error: the file is not UTF-8: the byte 0xFC has no meaning here
        2 | <net id="gün"/></pnml>
          |           ^ save the file as UTF-8, or begin it with <?xml version="1.0" encoding="ISO-8859-1"?>
        """)
  }

  @Test func `positions stay right after megabytes`() {
    let lines = (0..<20_000).map { "<place id=\"ü\($0)\"/><!-- äöü äöü äöü äöü äöü äöü äöü äöü äöü äöü -->\n" }.joined()
    let text = "<pnml><net type=\"P/T net\">\n\(lines)<!-- ü --><ring/></net></pnml>"
    #expect(Reading(text).heads == ["20002:11: error: <ring> means nothing in <net>"])
    let declared = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + text
    let latin1 = declared.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    #expect(Reading(bytes: latin1).heads == ["20002:11: error: <ring> means nothing in <net>"])
  }

  @Test func `attributes over several lines do not move the place that is told`() {
    let reading = Reading("<pnml>\n<net>\n  <arc id=\"ä>\"\n    source=\"ö\"\n    target=\"ü\"\n  />\n</net></pnml>")
    #expect(reading.heads.map { $0.prefix(4) } == ["3:3:", "3:3:"])
  }
}
