import type { Migration } from './migrations.ts';

/** Woken after every commit that appended an event. */
export const EVENT_CHANNEL = 'leadlight_event';

const appendFunction = `
CREATE FUNCTION append_event(in_tenant text, in_stream text, in_type text, in_key text, in_at timestamptz, in_data jsonb, in_expected integer)
RETURNS TABLE (id bigint, version integer, type text, at timestamptz, data jsonb, repeated boolean) LANGUAGE plpgsql AS $body$
#variable_conflict use_column
DECLARE
  head integer;
  appended event%ROWTYPE;
BEGIN
  -- One writer at a time until commit: positions become visible in order, so a reader that resumes after one never misses another.
  PERFORM pg_advisory_xact_lock(7071002);
  RETURN QUERY SELECT e.id, e.version, e.type, e.at, e.data, true FROM event e WHERE e.tenant = in_tenant AND e.stream = in_stream AND e.key = in_key;
  IF FOUND THEN RETURN; END IF;
  SELECT coalesce(max(e.version), 0) INTO head FROM event e WHERE e.tenant = in_tenant AND e.stream = in_stream;
  IF in_expected IS NOT NULL AND in_expected <> head THEN
    RAISE EXCEPTION 'stream is at version %, not %', head, in_expected USING ERRCODE = 'LL409';
  END IF;
  INSERT INTO event (tenant, stream, version, type, key, at, data) VALUES (in_tenant, in_stream, head + 1, in_type, in_key, in_at, in_data) RETURNING * INTO appended;
  INSERT INTO outbox (tenant, topic, target, key, body, event_id, created_at, due_at)
    SELECT s.tenant, 'webhook', s.id, appended.id::text, jsonb_build_object('id', appended.id, 'type', appended.type, 'stream', appended.stream, 'at', iso_utc(appended.at), 'data', appended.data), appended.id, in_at, in_at
    FROM subscription s WHERE s.tenant = in_tenant AND EXISTS (SELECT 1 FROM unnest(s.types) pattern WHERE in_type LIKE replace(replace(pattern, '_', '\\_'), '*', '%'));
  PERFORM pg_notify('${EVENT_CHANNEL}', '');
  RETURN QUERY SELECT appended.id, appended.version, appended.type, appended.at, appended.data, false;
END
$body$`;

/** The event log, its subscribers and the outbox. Appending, deduplicating and fanning out is one function of one statement. */
export const journalMigrations: readonly Migration[] = [
  {
    name: 'journal-1',
    statements: [
      `CREATE TABLE event (
        id bigserial PRIMARY KEY, tenant text NOT NULL, stream text NOT NULL, version integer NOT NULL, type text NOT NULL,
        key text NOT NULL, at timestamptz NOT NULL, data jsonb NOT NULL, UNIQUE (tenant, stream, version), UNIQUE (tenant, stream, key))`,
      `CREATE TABLE subscription (
        id text PRIMARY KEY, tenant text NOT NULL, url text NOT NULL, types text[] NOT NULL, secret text NOT NULL, created_at timestamptz NOT NULL,
        UNIQUE (tenant, url, types))`,
      `CREATE TABLE outbox (
        id bigserial PRIMARY KEY, tenant text NOT NULL, topic text NOT NULL, target text NOT NULL, key text NOT NULL, body jsonb NOT NULL,
        event_id bigint, state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
        attempts integer NOT NULL DEFAULT 0, created_at timestamptz NOT NULL, due_at timestamptz NOT NULL, claimed_until timestamptz,
        delivered_at timestamptz, last_error text, UNIQUE (tenant, topic, target, key))`,
      `CREATE INDEX outbox_due ON outbox (topic, due_at) WHERE state = 'pending'`,
      `CREATE FUNCTION iso_utc(moment timestamptz) RETURNS text LANGUAGE sql AS $body$ SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $body$`,
      appendFunction,
    ],
  },
];
