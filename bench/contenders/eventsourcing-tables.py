"""Makes the tables and functions of eventsourcing, by its own code: eventsourcing-tables.py DATABASE HOST PORT USER."""

import sys

from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

database, host, port, user = sys.argv[1:]
datastore = PostgresDatastore(
    database, host, port, user, password="", originator_id_type="text", enable_db_functions=True
)
PostgresApplicationRecorder(datastore).create_table()
datastore.close()
