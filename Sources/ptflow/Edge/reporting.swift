import ArgumentParser
import Installer
import Postgres

/// Runs a command and turns what it throws into words on standard error, or with `json` into an object on standard
/// output, and an exit code.
func reporting(json: Bool = false, _ body: () throws -> Void) throws {
  func report(_ words: String, _ error: JSONValue, _ code: Int32) -> ExitCode {
    if json {
      print(JSONValue.object([("error", error)]).text)
    } else {
      standardError(words)
    }
    return ExitCode(code)
  }

  do {
    try body()
  } catch let error as PostgresError {
    throw report(error.words, error.jsonValue, 2)
  } catch let error as EmbeddedServerError {
    throw report("error: \(error)", ["message": .string("\(error)")], 2)
  } catch let error as InstallRefusal {
    throw report("error: \(error)", ["message": .string("\(error)")], 1)
  } catch let error as UnreadableNets {
    throw report(error.words, error.jsonValue, 1)
  } catch let error as UnstoredEvents {
    throw report(error.words, error.jsonValue, error.exitCode)
  } catch let error as UnreadableFile {
    throw report("error: \(error)", ["message": .string("\(error)")], 1)
  } catch let error as UnmetRequirements {
    throw report(error.words, error.jsonValue, 1)
  } catch let error as UnreadableQuery {
    throw report(error.words, error.jsonValue, 1)
  } catch let error as UnreadableMarking {
    throw report("error: \(error)", ["message": .string("\(error)")], 1)
  } catch let error as UnusableAnchor {
    throw report("error: \(error)", ["message": .string("\(error)")], 1)
  } catch let error as UnknownName {
    throw report("error: \(error)", ["message": .string("\(error)")], 1)
  } catch let error as UnusableGraphviz {
    throw report("error: \(error)", ["message": .string("\(error)")], 1)
  } catch let error as TooManyMarkings {
    throw report("error: \(error)", ["message": .string("\(error)")], 1)
  } catch let error as UnwritableFile {
    throw report("error: \(error)", ["message": .string("\(error)")], 1)
  }
}
