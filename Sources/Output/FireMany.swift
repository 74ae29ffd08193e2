internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// Many firings in one call.
  var fireManySQL: SQL {
    """
    -- Many events in one call, in order, all or none. First all are looked at: nothing is locked or read before all are
    -- allowed. Then, instance by instance, the markings and the chain are computed and the events inserted by set. The
    -- first event of each instance is inserted before the others: who has that one has the instance. Only triggers of
    -- this transaction can go on with it then; what is left of such an instance is computed again.
    --
    -- Answers the texts of the answers, in the order of the events; without `fires` it only looks.
    CREATE FUNCTION \(function(.fireMany))(batch ptflow.batch, fires boolean)
        RETURNS text[]
        \(dialect.innerFunction)
    AS \(body: fireManyBody);
    """
  }

  private var fireManyBody: SQL {
    let net: SQL = "\(string: plan.net.name)"
    let words = details(
      payloadHash: hash(of: "a.payload::text"), multiple: "a.multiple", keyHash: hash(of: "a.key"), action: "a.action",
      role: "a.role", actor: "caller")
    let inputs = RuleInputs(
      marking: "m", payload: "payloads[i]", multiple: "multiples[i]", at: "ats[i]", actor: "caller", role: "roles[i]",
      id: "ids[i]", seq: "seqs[i] - 1")
    return """
      #variable_conflict use_variable
      DECLARE
          caller  CONSTANT text        := \(caller);
          has_keys CONSTANT boolean    := array_remove(batch.keys, NULL) <> '{}';
          moment           timestamptz;
          known_actions    text[];
          known_roles      text[];
          number           bigint;
          again_numbers    bigint[];
          again_firsts     bigint[];
          pending          text[]      := ARRAY(SELECT DISTINCT u.id COLLATE "C" FROM unnest(batch.ids) AS u (id) ORDER BY 1);
          settled          bigint[];
          lost             text[]      := ARRAY[]::text[];
          begun            text[];
          halted           text[];
          tries            integer     := 0;
          missing          text[];
          replayed         bigint[];
          replayed_texts   text[];
          numbers          bigint[];
          ids              text[];
          seqs             bigint[];
          txids            bigint[];
          ats              timestamptz[];
          versions         integer[];
          actions          text[];
          roles            text[];
          payloads         jsonb[];
          multiples        bigint[];
          keys             text[];
          words            bytea[];
          starts           bigint[];
          lasts            \(object("events"))[];
          m                \(plan.marking.element.sql)[];
          instances        bigint;
          hash             bytea;
          markings         \(object("marking"))[];
          hashes           bytea[];
          inserted         bigint;
          due              bigint;
          texts            text[];
          answers          text[]      := ARRAY[]::text[];
          -- the first event that is refused, and why
          refused          bigint;
          refused_why      text;
          refused_seq      bigint;
          \(["refused_version  integer;"] + whereRuled("refused_at       timestamptz;", "refused_role     text;"))
          refused_marking  \(plan.marking.element.sql)[];
      BEGIN
          SELECT array_agg(u.action), array_agg(\(function(.roleFor))(u.action, caller))
            INTO known_actions, known_roles
            FROM (SELECT DISTINCT u.action FROM unnest(batch.actions) AS u (action)) AS u;
          SELECT min(a.number)
            INTO number
            FROM unnest(batch.ids, batch.actions, batch.payloads, batch.multiples, batch.expecteds, batch.keys)
                 WITH ORDINALITY AS a (id, action, payload, multiple, expected, key, number)
            LEFT JOIN unnest(known_actions, known_roles) AS k (action, role) ON k.action = a.action
           WHERE k.role IS NULL
              OR ptflow.argument_fault(a.id, a.action, a.payload, a.multiple, a.expected, a.key) IS NOT NULL;
          IF number IS NOT NULL THEN
              \(dialect.perform("set_config('ptflow.index', batch.indexes[number]::text, true)"))
              \(dialect.perform("ptflow.refuse_arguments(batch.ids[number], batch.actions[number], batch.payloads[number], batch.multiples[number], batch.expecteds[number], batch.keys[number])"))
              \(refuseRole(id: "batch.ids[number]", action: "batch.actions[number]"))
          ELSIF NOT fires THEN
              RETURN answers;
          END IF;

          -- A key that comes again in this call: its event is answered like the first, or refused when it is another.
          IF has_keys THEN
              SELECT array_agg(a.number), array_agg(a.first),
                     min(a.number) FILTER (WHERE (batch.actions[a.first], batch.multiples[a.first], batch.payloads[a.first])
                                                 IS DISTINCT FROM (a.action, a.multiple, a.payload))
                INTO again_numbers, again_firsts, refused
                FROM (SELECT a.*, first_value(a.number) OVER (PARTITION BY a.id, a.key ORDER BY a.number) AS first
                        FROM unnest(batch.ids, batch.actions, batch.payloads, batch.multiples, batch.keys)
                             WITH ORDINALITY AS a (id, action, payload, multiple, key, number)
                       WHERE a.key IS NOT NULL) AS a
               WHERE a.first <> a.number;
              refused_why := CASE WHEN refused IS NOT NULL THEN 'key' END;
          END IF;

          WHILE pending <> '{}' AND tries < 100 LOOP
              moment := clock_timestamp();
              -- Who lost an instance to somebody else queues on its row.
              IF lost <> '{}' THEN
                  \(dialect.perform("FROM \(object("instances")) AS i WHERE i.id = ANY (lost) ORDER BY i.id FOR NO KEY UPDATE"))
              END IF;

              missing := ARRAY(SELECT p.id FROM unnest(pending) WITH ORDINALITY AS p (id, number)
                                WHERE NOT EXISTS (SELECT FROM \(object("instances")) AS i WHERE i.id = p.id)
                                ORDER BY p.number);
              IF missing <> '{}' AND \(function(.creatingRole))(caller) IS NULL THEN
                  SELECT least(refused, min(a.number)), CASE WHEN min(a.number) < refused OR refused IS NULL THEN 'create'
                                                             ELSE refused_why END
                    INTO refused, refused_why
                    FROM unnest(batch.ids) WITH ORDINALITY AS a (id, number)
                   WHERE a.id = ANY (missing);
                  pending := ARRAY(SELECT p.id FROM unnest(pending) WITH ORDINALITY AS p (id, number)
                                    WHERE p.id <> ALL (missing) ORDER BY p.number);
              ELSE
                  FOR i IN 1 .. cardinality(missing) LOOP
                      \(dialect.perform("\(function(.begin))(missing[i], caller)"))
                  END LOOP;
              END IF;

              -- What came before with its key is answered as it was, and fired no more.
              IF has_keys THEN
                  SELECT array_agg(a.number),
                         array_agg(format('{"id":%s,"seq":%s,"hash":"%s","replayed":true}',
                                          to_json(e.id), e.seq, encode(e.hash, 'hex'))),
                         min(a.number) FILTER (WHERE (e.action, d.multiple) <> (a.action, a.multiple)
                                                  OR CASE WHEN r.payload_hash IS NULL THEN e.payload <> a.payload
                                                          ELSE r.payload_hash <> \(hash(of: "a.payload::text")) END)
                    INTO replayed, replayed_texts, number
                    FROM unnest(batch.ids, batch.actions, batch.payloads, batch.multiples, batch.keys)
                         WITH ORDINALITY AS a (id, action, payload, multiple, key, number)
                    JOIN \(object("details")) AS d ON d.id = a.id AND d.key = a.key
                    JOIN \(object("events"))  AS e ON e.id = d.id AND e.seq = d.seq
                    LEFT JOIN \(object("redactions")) AS r ON r.id = d.id AND r.seq = d.seq
                   WHERE a.key IS NOT NULL
                     AND a.id = ANY (pending)
                     AND (settled IS NULL OR a.number <> ALL (settled));
                  IF number < refused OR refused IS NULL THEN
                      refused := number;
                      refused_why := CASE WHEN number IS NOT NULL THEN 'key' END;
                  END IF;
                  FOR i IN 1 .. coalesce(cardinality(replayed), 0) LOOP
                      answers[replayed[i]] := replayed_texts[i];
                  END LOOP;
              END IF;

              -- The others: the first of each instance, and then all that follow, instance by instance.
              SELECT array_agg(a.number), array_agg(a.id), array_agg(a.seq), array_agg(a.txid), array_agg(a.at), array_agg(a.version),
                     array_agg(a.action), array_agg(a.role), array_agg(a.payload), array_agg(a.multiple), array_agg(a.key),
                     array_agg(CASE WHEN a.place = 2 THEN a.instance END), array_agg(\(lastEvent)) FILTER (WHERE a.place = 1),
                     array_agg(\(dialect.bytes(ofTime: "a.at")) || \(words)),
                     count(*) FILTER (WHERE a.place = 1), min(a.number) FILTER (WHERE a.expected <> a.seq - 1)
                INTO numbers, ids, seqs, txids, ats, versions, actions, roles, payloads, multiples, keys, starts, lasts, words, instances,
                     number
                FROM (SELECT a.*
                        FROM (SELECT a.number, a.id, a.action, a.payload, a.multiple, a.expected, a.key, k.role, l.version, l.txid,
                                     greatest(l.at, moment) AS at,
                                     l.seq + row_number() OVER w AS seq,
                                     row_number() OVER w AS place,
                                     dense_rank() OVER (ORDER BY l.id) AS instance,
                                     l.marking AS last_marking, l.hash AS last_hash
                                FROM unnest(batch.ids, batch.actions, batch.payloads, batch.multiples, batch.expecteds, batch.keys)
                                     WITH ORDINALITY AS a (id, action, payload, multiple, expected, key, number)
                                JOIN unnest(known_actions, known_roles) AS k (action, role) ON k.action = a.action
                                JOIN (SELECT e.*
                                        FROM unnest(pending) AS p (id)
                                       CROSS JOIN LATERAL (SELECT e.* FROM \(object("events")) AS e
                                                            WHERE e.id = p.id ORDER BY e.seq DESC LIMIT 1) AS e) AS l ON l.id = a.id
                               WHERE (settled IS NULL OR a.number <> ALL (settled))
                                 AND (replayed IS NULL OR a.number <> ALL (replayed))
                                 AND (again_numbers IS NULL OR a.number <> ALL (again_numbers))
                              WINDOW w AS (PARTITION BY l.id ORDER BY a.number)) AS a
                       ORDER BY a.place > 1, a.instance, a.number) AS a;
              IF number < refused OR refused IS NULL AND number IS NOT NULL THEN
                  refused := number;
                  refused_why := 'expected';
                  refused_seq := seqs[array_position(numbers, number)] - 1;
              END IF;

              markings := '{}';
              hashes := '{}';
              lost := '{}';
              halted := '{}';
              FOR pass IN 1 .. 2 LOOP
                  FOR i IN CASE pass WHEN 1 THEN 1 ELSE instances + 1 END
                           .. CASE pass WHEN 1 THEN instances ELSE coalesce(cardinality(numbers), 0) END LOOP
                      IF pass = 1 THEN
                          m := lasts[i].marking;
                          hash := lasts[i].hash;
                      ELSIF starts[i] IS NOT NULL THEN
                          m := markings[starts[i]];
                          hash := hashes[starts[i]];
                      END IF;

                      m := \(step(action: "actions[i]", inputs));
                      IF m IS NOT NULL THEN
                          markings[i] := m;
                      ELSIF numbers[i] < refused OR refused IS NULL THEN
                          refused := numbers[i];
                          refused_why := 'firing';
                          refused_seq := seqs[i] - 1;
                          \(["refused_version := versions[i];"]
                            + whereRuled("refused_at := ats[i];", "refused_role := roles[i];"))
                          refused_marking := CASE WHEN pass = 1 THEN lasts[i].marking
                                                  WHEN starts[i] IS NOT NULL THEN markings[starts[i]]
                                                  ELSE markings[i - 1] END;
                      END IF;
                      hash := \(dialect.sha256("hash || words[i]"));
                      hashes[i] := hash;
                  END LOOP;

                  IF refused IS NULL AND (pass = 1 OR instances < cardinality(numbers)) THEN
                      -- What was inserted is told by the statement itself: another's event may be the same to the last byte.
                      WITH stored AS (
                          INSERT INTO \(object("events")) AS e
                                 (\(eventColumns))
                          OVERRIDING SYSTEM VALUE
                          SELECT \(eventValues(insertedEvent))
                            FROM ROWS FROM (unnest(seqs), unnest(txids), unnest(ats), unnest(versions), unnest(ids), unnest(actions), unnest(roles),
                                            unnest(markings), unnest(payloads), unnest(hashes))
                                 WITH ORDINALITY AS f (seq, txid, at, version, id, action, role, marking, payload, hash, number)
                           WHERE (f.number <= instances) = (pass = 1)
                             AND f.id <> ALL (halted)
                              ON CONFLICT DO NOTHING
                       RETURNING e.id
                      )
                      SELECT count(*), coalesce(array_agg(s.id) FILTER (WHERE pass = 1), '{}')
                        INTO inserted, begun
                        FROM stored AS s;
                      IF pass = 1 THEN
                          IF inserted < instances THEN
                              lost := ARRAY(SELECT f.id FROM unnest(ids[: instances]) AS f (id) WHERE f.id <> ALL (begun));
                          END IF;
                          -- A trigger has gone on with it, or somebody else has it.
                          halted := lost || ARRAY(SELECT f.id
                                                    FROM unnest(ids[: instances], seqs[: instances]) AS f (id, seq)
                                                   WHERE instances < cardinality(numbers)
                                                     AND (SELECT e.seq FROM \(object("events")) AS e
                                                           WHERE e.id = f.id AND e.seq = f.seq + 1) IS NOT NULL
                                                     AND f.id <> ALL (lost));
                          SELECT count(*) INTO due FROM unnest(ids[instances + 1 :]) AS f (id) WHERE f.id <> ALL (halted);
                      ELSIF inserted < due THEN
                          \(dialect.perform("ptflow.refuse_busy(\(net), ids[instances + 1], NULL)"))
                      END IF;
                  END IF;
              END LOOP;

              IF refused IS NULL THEN
                  IF has_keys OR 1 < ANY (batch.multiples) THEN
                      INSERT INTO \(object("details")) (id, seq, multiple, key)
                      OVERRIDING SYSTEM VALUE
                      SELECT f.id, f.seq, f.multiple, f.key
                        FROM unnest(ids, seqs, multiples, keys) WITH ORDINALITY AS f (id, seq, multiple, key, number)
                       WHERE (f.key IS NOT NULL OR f.multiple > 1)
                         AND (f.id <> ALL (halted) OR f.number <= instances AND f.id <> ALL (lost));
                  END IF;

                  SELECT array_agg(format('{"id":%s,"seq":%s,"hash":"%s","replayed":false}',
                                          to_json(f.id), f.seq, encode(f.hash, 'hex')))
                    INTO texts
                    FROM unnest(ids, seqs, hashes) AS f (id, seq, hash);
                  FOR i IN 1 .. coalesce(cardinality(numbers), 0) LOOP
                      answers[numbers[i]] := texts[i];
                  END LOOP;
              END IF;

              -- What is left: all of what is lost, and of the others that are halted what comes after the first.
              IF halted <> lost THEN
                  settled := settled || ARRAY(SELECT f.number FROM unnest(ids[: instances], numbers[: instances]) AS f (id, number)
                                               WHERE f.id = ANY (halted) AND f.id <> ALL (lost));
              END IF;
              pending := ARRAY(SELECT h.id FROM unnest(halted) AS h (id) ORDER BY h.id COLLATE "C");
              tries := CASE WHEN lost = '{}' THEN 0 ELSE tries + 1 END;
          END LOOP;

          IF refused IS NOT NULL THEN
              \(dialect.perform("set_config('ptflow.index', batch.indexes[refused]::text, true)"))
              \(refusedEvent)
          ELSIF pending <> '{}' THEN
              \(dialect.perform("ptflow.refuse_busy(\(net), pending[1], NULL)"))
          END IF;

          FOR i IN 1 .. coalesce(cardinality(again_numbers), 0) LOOP
              answers[again_numbers[i]] := replace(answers[again_firsts[i]], '"replayed":false', '"replayed":true');
          END LOOP;
          RETURN answers;
      END;
      """
  }

  /// Lines that only a net with rules has.
  private func whereRuled(_ lines: SQL...) -> [SQL] { plan.hasRules ? lines : [] }

  /// What is needed of an instance's last event, as a row.
  private var lastEvent: SQL {
    let values = EventColumn.allCases.map { column -> SQL in
      switch column {
      case .marking, .hash: "a.\(name: "last_" + column.rawValue)"
      default: "NULL"
      }
    }
    return "ROW(\(values, separator: ", "))::\(object("events"))"
  }

  /// The columns of an event `f` that was computed.
  private func insertedEvent(_ column: EventColumn) -> SQL {
    switch column {
    case .txid: "greatest(f.txid, \(dialect.transaction))"
    case .actor: "caller"
    default: "f.\(name: column.rawValue)"
    }
  }
}
