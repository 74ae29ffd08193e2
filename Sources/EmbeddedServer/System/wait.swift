import Glibc

/// Waits for something that nobody announces; false when the time is over.
func wait(seconds: Int, until happened: () -> Bool) -> Bool {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while !happened() {
    guard ContinuousClock.now < deadline else { return false }
    usleep(10_000)
  }
  return true
}
