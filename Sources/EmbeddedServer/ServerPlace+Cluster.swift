extension ServerPlace {
  /// Makes the cluster, with the database and its owner in it.
  ///
  /// It is made under another name, without waiting for the disk at each step, and takes its own name when all of it is
  /// on the disk: a cluster that is there is complete, whatever interrupted the making of an earlier one.
  func makeCluster(with binaries: ServerBinaries, _ run: Runner) throws(EmbeddedServerError) {
    let action = "make the database cluster"
    let name = EmbeddedServer.database
    try run(action, ["/bin/rm", "-rf", unfinished])
    try run(
      action,
      [
        binaries.initdb, "-D", unfinished, "--username=\(name)", "--encoding=UTF8", "--locale=C.UTF-8",
        "--data-checksums", "--auth-local=trust", "--auth-host=reject", "--no-sync", "--no-instructions",
      ])
    try run(
      action, ["/bin/sh", "-c", "cat >>\"$1/postgresql.conf\"", "sh", unfinished], input: Self.settings)
    try run(
      action, [binaries.postgres, "--single", "-D", unfinished, "-c", "fsync=off", "template1"],
      input: "CREATE DATABASE \(name);\n")
    try run(action, [binaries.initdb, "-D", unfinished, "--sync-only"])
    try run(action, ["/bin/mv", unfinished, data])
    try run(action, ["/bin/sync", home])
  }

  /// The socket's directory is given at each start, since it changes when the project is moved. PL/pgSQL is loaded once
  /// for all sessions: otherwise each loads it with its first call, which takes longer than the call.
  private static let settings = """

    # Set by ptflow, which made this cluster.
    listen_addresses = ''
    max_connections = 100
    shared_buffers = 128MB
    log_destination = stderr
    logging_collector = off
    log_line_prefix = '%m [%p] %q%u@%d '
    shared_preload_libraries = 'plpgsql'

    """
}
