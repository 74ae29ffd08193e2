/// Runs a command. What it throws is printed, as words on standard error or with `json` as an object on standard output,
/// and ends the program with the error's exit code.
func reporting(json: Bool = false, _ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as any Reportable {
    if json { sayJSON(["error": error.jsonValue]) } else { standardError(error.words) }
    throw error.exitStatus.code
  }
}
