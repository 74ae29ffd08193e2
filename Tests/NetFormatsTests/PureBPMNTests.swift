import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct PureBPMNTests {
  @Test func `models become transitions, and queues between them places`() {
    let reading = Reading(
      """
      # an example
      [model]
      keys=connection, input,add,print,subtract
      [model_connection]
      type=connection
      host=localhost
      [model_input]
      type=generator
      OnSuccess=add,subtract
      [model_add]
      module=calculator
      OnSuccess=print
      OnFailure=print, subtract
      [model_subtract]
      input_ports=all
      OnSuccess=print
      OnFailure=
      [model_print]
      type=sink
      input_ports=any
      """, name: "net.conf")
    #expect(
      reading.net == """
        place "add to print" initial 0
        place "add to subtract" initial 0
        place "input to add" initial 0
        place "input to subtract" initial 0
        place "input.start" initial 1
        place "subtract to print" initial 0
        transition "add" roles "default"
        transition "add.failed" roles "default"
        transition "input" roles "default"
        transition "print.add" roles "default"
        transition "print.subtract" roles "default"
        transition "subtract" roles "default"
        arc "add" input "input to add" 1
        arc "add" output "add to print" 1
        arc "add.failed" input "input to add" 1
        arc "add.failed" output "add to print" 1
        arc "add.failed" output "add to subtract" 1
        arc "input" input "input.start" 1
        arc "input" output "input to add" 1
        arc "input" output "input to subtract" 1
        arc "print.add" input "add to print" 1
        arc "print.subtract" input "subtract to print" 1
        arc "subtract" input "add to subtract" 1
        arc "subtract" input "input to subtract" 1
        arc "subtract" output "subtract to print" 1
        """)
    #expect(reading.file?.format == .pureBPMN)
    #expect(reading.told == "")
  }

  @Test func `mistakes are told where they stand`() {
    let reading = Reading(
      """
      [model]
      keys=print, gone,print
      [model_print]
      type=snk
      OnSucess=print
      OnFailure=prnit
      delay=3
      method
      type=sink
      [model_other]
      [model_print
      """, name: "net.conf")
    #expect(
      reading.heads == [
        "2:13: error: the model \"gone\" has no section",
        "2:18: error: the model \"print\" is named twice",
        "5:1: error: \"OnSucess\" means nothing in a model",
        "6:11: error: \"prnit\" is no model",
        "7:1: warning: delay says when the model runs; time is not kept",
        "8:1: error: \"method\" is no line of a section",
        "9:1: error: \"type\" stands twice in this section",
        "10:1: warning: the section \"model_other\" is of no model, and not read",
        "11:1: error: this section has no ] at its end",
      ])
    #expect(
      Reading("[model]\nkeys=a\n[model_a]\ntype=snk").heads == ["4:6: error: type is \"snk\""])
    #expect(Reading("[model]").heads == ["1:1: error: [model] has no keys"])
  }

  @Test func `a model that would become too many arcs is refused`() {
    let names = (0..<400).map { "m\($0)" }
    let sections = names.map { "[model_\($0)]\nOnSuccess=hub\n" }.joined()
    let list = names.joined(separator: ",")
    let reading = Reading("[model]\nkeys=hub,\(list)\n[model_hub]\nOnSuccess=\(list)\n\(sections)")
    #expect(
      reading.heads == [
        "3:1: error: the model \"hub\" takes from any of 400 and gives to 400, which are too many arcs"
      ])
  }
}
