internal import PetriNet
internal import SQL

extension NetPlan {
  /// How an instance begins.
  var beginningSQL: SQL {
    """
    -- The beginning of an instance -------------------------------------------------------------------------------

    -- A marking as JSON, by the places' own names.
    CREATE FUNCTION \(object("ptflow_marking"))(marking \(count.sql)[])
        RETURNS jsonb
        LANGUAGE plpgsql
        IMMUTABLE
        SET search_path = pg_catalog, pg_temp
    AS \(body: markingBody);

    -- The hash before an instance's first event: it binds the chain to the net, the instance and its beginning.
    CREATE FUNCTION \(object("ptflow_genesis"))(id text, created_at timestamptz)
        RETURNS bytea
        LANGUAGE plpgsql
        STABLE
        SET search_path = pg_catalog, pg_temp
    AS \(body: genesisBody);

    -- Makes an instance in the initial marking, unless it is there. Answers whether it was this call that made it.
    CREATE FUNCTION \(object("ptflow_begin"))(id text)
        RETURNS boolean
        LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp
    AS \(body: beginBody);

    CREATE FUNCTION \(object("ptflow_create"))(id text)
        RETURNS jsonb
        LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp
    AS \(body: createBody);
    """
  }

  private var markingBody: SQL {
    """
    BEGIN
        RETURN \(markingText("marking"))::jsonb;
    END;
    """
  }

  private var genesisBody: SQL {
    """
    BEGIN
        RETURN sha256(convert_to(concat(
                   length(\(string: net.name)), ':', \(string: net.name), ',64:', \(string: hexadecimal(digest)), ',',
                   length(id), ':', id, ',', \(HashChain.microseconds("created_at")), ',', \(initialMarking)), 'UTF8'));
    END;
    """
  }

  private var initialMarking: SQL {
    let counts: [SQL] = places.map { "\($0.place.initial)" }
    return "'{\(counts, separator: ",")}'"
  }

  private var beginBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        moment CONSTANT timestamptz := clock_timestamp();
        writing text;
        made    boolean;
    BEGIN
        IF id IS NULL OR id = '' OR length(id) > 255 THEN
            PERFORM ptflow.refuse_id(id);
        END IF;
        PERFORM ptflow.demand_create(\(string: net.name));

        writing := set_config('ptflow.writing', 'on', true);
        INSERT INTO \(object("states")) (id, head, net_version, created_at, updated_at)
        SELECT id, \(object("ptflow_genesis"))(id, moment), n.version, moment, moment
          FROM ptflow.nets AS n
         WHERE n.net = \(string: net.name)
            ON CONFLICT DO NOTHING;
        made := FOUND;
        writing := set_config('ptflow.writing', '', true);
        RETURN made;
    END;
    """
  }

  private var createBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        began    timestamptz;
        replayed boolean;
    BEGIN
        replayed := NOT \(object("ptflow_begin"))(id);

        SELECT s.created_at INTO STRICT began FROM \(object("states")) AS s WHERE s.id = id;
        RETURN jsonb_build_object(
            'net', \(string: net.name),
            'id', id,
            'seq', 0,
            'action', NULL,
            'multiple', NULL,
            'state', \(object("ptflow_marking"))(\(initialMarking)),
            'hash', encode(\(object("ptflow_genesis"))(id, began), 'hex'),
            'at', began,
            'replayed', replayed);
    END;
    """
  }
}

/// Bytes as hexadecimal digits.
func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
