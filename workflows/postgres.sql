-- Frontdesk's state in your own PostgreSQL or Supabase, for the flows whose names end in "(Postgres)".
-- Run it once in the database of the credential "Postgres"; running it again keeps the rows and renews the functions.
-- Columns are those of tables.json. What must be unique is unique here, so several n8n workers can share the tables.

CREATE TABLE IF NOT EXISTS frontdesk_leads (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "tenant" text NOT NULL,
  "leadKey" text NOT NULL,
  "name" text,
  "email" text,
  "phone" text,
  "channel" text,
  "source" text,
  "topic" text,
  "package" text,
  "language" text,
  "timeZone" text,
  "consentGdpr" boolean,
  "consentMarketing" boolean,
  "optOut" text,
  "preferredChannel" text,
  "status" text,
  "statusAt" timestamptz(3),
  "bookingProvider" text,
  "bookingId" text,
  "bookingUrl" text,
  "bookedAt" timestamptz(3),
  "mondayItemId" text,
  "chatfuelUserId" text,
  "chatwootContactId" text,
  "chatwootConversationId" text,
  "instagram" text,
  "instagramId" text,
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "updatedAt" timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE ("tenant", "leadKey")
);
CREATE INDEX IF NOT EXISTS frontdesk_leads_phone ON frontdesk_leads (tenant, "phone");
CREATE INDEX IF NOT EXISTS frontdesk_leads_email ON frontdesk_leads (tenant, "email");
CREATE INDEX IF NOT EXISTS frontdesk_leads_instagram ON frontdesk_leads (tenant, "instagram");
CREATE INDEX IF NOT EXISTS frontdesk_leads_instagramid ON frontdesk_leads (tenant, "instagramId");
CREATE INDEX IF NOT EXISTS frontdesk_leads_chatwootcontactid ON frontdesk_leads (tenant, "chatwootContactId");
CREATE INDEX IF NOT EXISTS frontdesk_leads_chatfueluserid ON frontdesk_leads (tenant, "chatfuelUserId");
CREATE INDEX IF NOT EXISTS frontdesk_leads_bookingid ON frontdesk_leads (tenant, "bookingId");
-- Supabase serves the tables of "public" to its API; with no policy only the owner reads them.
ALTER TABLE frontdesk_leads ENABLE ROW LEVEL SECURITY;

CREATE TABLE IF NOT EXISTS frontdesk_lead_history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "tenant" text NOT NULL,
  "leadKey" text,
  "from" text,
  "to" text,
  "moved" boolean,
  "reason" text,
  "bookingId" text,
  "at" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "updatedAt" timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS frontdesk_lead_history_leadkey ON frontdesk_lead_history (tenant, "leadKey");
ALTER TABLE frontdesk_lead_history ENABLE ROW LEVEL SECURITY;

CREATE TABLE IF NOT EXISTS frontdesk_appointments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "tenant" text NOT NULL,
  "provider" text NOT NULL,
  "appointmentId" text NOT NULL,
  "previousId" text,
  "leadKey" text,
  "status" text,
  "start" timestamptz(3),
  "end" timestamptz(3),
  "timeZone" text,
  "service" text,
  "staff" text,
  "staffId" text,
  "clientId" text,
  "clientName" text,
  "phone" text,
  "email" text,
  "instagram" text,
  "amount" double precision,
  "paid" boolean,
  "url" text,
  "eventAt" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "updatedAt" timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE ("tenant", "provider", "appointmentId")
);
CREATE INDEX IF NOT EXISTS frontdesk_appointments_leadkey ON frontdesk_appointments (tenant, "leadKey");
CREATE INDEX IF NOT EXISTS frontdesk_appointments_start ON frontdesk_appointments (tenant, "start");
ALTER TABLE frontdesk_appointments ENABLE ROW LEVEL SECURITY;

CREATE TABLE IF NOT EXISTS frontdesk_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "tenant" text NOT NULL,
  "eventKey" text NOT NULL,
  "provider" text,
  "type" text,
  "receivedAt" timestamptz(3),
  "createdAt" timestamptz(3) NOT NULL DEFAULT now(),
  "updatedAt" timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE ("tenant", "eventKey")
);
ALTER TABLE frontdesk_events ENABLE ROW LEVEL SECURITY;

-- A row as a Data Table gives it: moments as ISO 8601 in UTC.
CREATE OR REPLACE FUNCTION frontdesk_row(anyelement) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_object_agg(key, CASE
    WHEN value <> 'null' AND key IN ('at', 'bookedAt', 'createdAt', 'end', 'eventAt', 'receivedAt', 'start', 'statusAt', 'updatedAt')
    THEN to_jsonb(to_char((value #>> '{}')::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    ELSE value END)
  FROM jsonb_each(to_jsonb($1))
$$;

-- Claim a key once: input tenant, key, provider, type, withinMinutes (0 = for ever).
CREATE OR REPLACE FUNCTION frontdesk_claim_once(input jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  minutes numeric := coalesce((input ->> 'withinMinutes')::numeric, 0);
BEGIN
  IF coalesce(input ->> 'key', '') = '' THEN
    RAISE EXCEPTION 'A claim without a key: whoever calls this flow has to name what happens only once';
  END IF;
  INSERT INTO frontdesk_events AS known (tenant, "eventKey", provider, type, "receivedAt")
  VALUES (input ->> 'tenant', input ->> 'key', coalesce(input ->> 'provider', ''), coalesce(input ->> 'type', ''), clock_timestamp())
  ON CONFLICT (tenant, "eventKey") DO UPDATE
    SET "receivedAt" = excluded."receivedAt", "updatedAt" = excluded."receivedAt"
    WHERE minutes > 0 AND known."receivedAt" <= excluded."receivedAt" - make_interval(secs => minutes::double precision * 60);
  RETURN jsonb_build_object('tenant', input ->> 'tenant', 'key', input ->> 'key', 'first', FOUND);
END
$$;

-- Find a lead: input tenant, ways (a list of column and value, the most trusted first).
CREATE OR REPLACE FUNCTION frontdesk_lead_find(input jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  way jsonb;
  lead frontdesk_leads;
BEGIN
  FOR way IN SELECT value FROM jsonb_array_elements(input -> 'ways') LOOP
    EXECUTE format('SELECT * FROM frontdesk_leads WHERE tenant = $1 AND %I = $2 ORDER BY id LIMIT 1', way ->> 'column')
      INTO lead USING input ->> 'tenant', way ->> 'value';
    IF lead.id IS NOT NULL THEN
      RETURN jsonb_build_object('found', true, 'foundBy', way -> 'column', 'lead', frontdesk_row(lead));
    END IF;
  END LOOP;
  RETURN jsonb_build_object('found', false, 'foundBy', '', 'lead', NULL);
END
$$;

-- Save a lead: input tenant, leadKey, values (columns that are not empty). Never moves a status.
CREATE OR REPLACE FUNCTION frontdesk_lead_save(input jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  is_new boolean;
  lead frontdesk_leads;
BEGIN
  IF coalesce(input ->> 'leadKey', '') = '' THEN
    RAISE EXCEPTION 'A lead without a key: give leadKey, "phone:" and the identity key of the number, else "email:" and the e-mail';
  END IF;
  INSERT INTO frontdesk_leads (tenant, "leadKey", status) VALUES (input ->> 'tenant', input ->> 'leadKey', 'NEW')
  ON CONFLICT (tenant, "leadKey") DO NOTHING;
  is_new := FOUND;
  UPDATE frontdesk_leads AS known SET (
      "name", "email", "phone", "channel", "source", "topic", "package", "language", "timeZone",
      "consentGdpr", "consentMarketing", "optOut", "preferredChannel", "mondayItemId",
      "chatfuelUserId", "chatwootContactId", "chatwootConversationId", "instagram", "instagramId"
    ) = (SELECT
      new."name", new."email", new."phone", new."channel", new."source", new."topic",
      new."package", new."language", new."timeZone", new."consentGdpr", new."consentMarketing",
      new."optOut", new."preferredChannel", new."mondayItemId", new."chatfuelUserId",
      new."chatwootContactId", new."chatwootConversationId", new."instagram", new."instagramId"
    FROM jsonb_populate_record(known, input -> 'values') AS new), "updatedAt" = clock_timestamp()
  WHERE tenant = input ->> 'tenant' AND "leadKey" = input ->> 'leadKey'
  RETURNING * INTO lead;
  RETURN jsonb_build_object('lead', frontdesk_row(lead), 'created', is_new);
END
$$;

-- Why a move is refused; '' for a legal one. The rules of the flow "Move a lead's status".
CREATE OR REPLACE FUNCTION frontdesk_refusal(lead frontdesk_leads, event jsonb) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  came_from text := coalesce(nullif(lead.status, ''), 'NEW');
  goes_to text := event ->> 'to';
  booking text := event ->> 'bookingId';
  moment timestamptz(3) := (event ->> 'at')::timestamptz;
  own boolean := booking = coalesce(lead."bookingId", '')
    AND ('' IN (event ->> 'bookingProvider', coalesce(lead."bookingProvider", ''))
      OR event ->> 'bookingProvider' = lead."bookingProvider");
  same_time boolean := event ->> 'bookedAt' = ''
    OR nullif(event ->> 'bookedAt', '')::timestamptz IS NOT DISTINCT FROM lead."bookedAt";
BEGIN
  IF lead.id IS NULL THEN RETURN 'unknown'; END IF;
  IF came_from = goes_to AND NOT (came_from = 'BOOKED' AND booking <> '' AND NOT (own AND same_time)) THEN
    RETURN 'already';
  END IF;
  IF moment < lead."statusAt" THEN RETURN 'late'; END IF;
  IF goes_to = 'BOOKED' AND booking <> '' AND EXISTS (
    SELECT FROM frontdesk_lead_history WHERE tenant = lead.tenant AND "leadKey" = lead."leadKey"
      AND "bookingId" = booking AND "to" = 'QUALIFIED' AND "at" >= moment
  ) THEN RETURN 'late'; END IF;
  IF (came_from, goes_to) NOT IN (
    ('NEW', 'CONTACTED'), ('NEW', 'QUALIFIED'), ('NEW', 'BOOKED'), ('CONTACTED', 'QUALIFIED'), ('CONTACTED', 'BOOKED'),
    ('QUALIFIED', 'BOOKED'), ('BOOKED', 'BOOKED'), ('BOOKED', 'QUALIFIED'), ('BOOKED', 'COMPLETED'), ('COMPLETED', 'BOOKED')
  ) THEN RETURN 'illegal'; END IF;
  IF came_from = 'BOOKED' AND goes_to <> 'BOOKED' AND NOT own THEN RETURN 'other booking'; END IF;
  IF came_from = 'BOOKED' AND goes_to = 'BOOKED' AND NOT own AND moment = lead."statusAt"
    AND (event ->> 'previousId' = '' OR event ->> 'previousId' IS DISTINCT FROM lead."bookingId") THEN
    RETURN 'late';
  END IF;
  IF came_from = 'COMPLETED' AND (own OR booking = '') THEN RETURN 'illegal'; END IF;
  RETURN '';
END
$$;

-- Move a lead's status: the event as the flow reads it, with '' for what is not given.
CREATE OR REPLACE FUNCTION frontdesk_lead_status(event jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  lead frontdesk_leads;
  came_from text := '';
  refusal text;
  keeps boolean;
BEGIN
  SELECT * INTO lead FROM frontdesk_leads
  WHERE tenant = event ->> 'tenant' AND "leadKey" = event ->> 'leadKey' FOR UPDATE;
  IF lead.id IS NOT NULL THEN came_from := coalesce(nullif(lead.status, ''), 'NEW'); END IF;
  refusal := frontdesk_refusal(lead, event);
  IF refusal = '' THEN
    keeps := event ->> 'bookingId' = coalesce(lead."bookingId", '')
      AND ('' IN (event ->> 'bookingProvider', coalesce(lead."bookingProvider", ''))
        OR event ->> 'bookingProvider' = lead."bookingProvider");
    lead.status := event ->> 'to';
    lead."statusAt" := (event ->> 'at')::timestamptz;
    IF lead.status = 'BOOKED' THEN
      lead."bookingProvider" := coalesce(nullif(event ->> 'bookingProvider', ''), CASE WHEN keeps THEN lead."bookingProvider" END);
      lead."bookingId" := nullif(event ->> 'bookingId', '');
      lead."bookingUrl" := coalesce(nullif(event ->> 'bookingUrl', ''), CASE WHEN keeps THEN lead."bookingUrl" END);
      lead."bookedAt" := nullif(event ->> 'bookedAt', '')::timestamptz;
    ELSIF lead.status = 'QUALIFIED' THEN
      lead."bookedAt" := NULL;
    END IF;
    UPDATE frontdesk_leads SET status = lead.status, "statusAt" = lead."statusAt",
      "bookingProvider" = lead."bookingProvider", "bookingId" = lead."bookingId", "bookingUrl" = lead."bookingUrl",
      "bookedAt" = lead."bookedAt", "updatedAt" = clock_timestamp()
    WHERE id = lead.id RETURNING * INTO lead;
  END IF;
  INSERT INTO frontdesk_lead_history (tenant, "leadKey", "from", "to", moved, reason, "bookingId", "at")
  VALUES (event ->> 'tenant', event ->> 'leadKey', came_from, event ->> 'to', refusal = '',
    concat_ws(': ', nullif(refusal, ''), nullif(event ->> 'reason', '')), event ->> 'bookingId', (event ->> 'at')::timestamptz);
  RETURN jsonb_build_object('moved', refusal = '', 'from', came_from, 'to', event ->> 'to', 'refusal', refusal,
    'lead', CASE WHEN lead.id IS NOT NULL THEN frontdesk_row(lead) END);
END
$$;

-- Save an appointment: input tenant, provider, appointmentId, previousId, leadKey, eventAt, columns (those not empty).
CREATE OR REPLACE FUNCTION frontdesk_appointment_save(input jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz(3) := (input ->> 'eventAt')::timestamptz;
  row_values jsonb := (input -> 'columns') || jsonb_strip_nulls(jsonb_build_object('leadKey', nullif(input ->> 'leadKey', ''), 'eventAt', moment));
  appointment frontdesk_appointments;
  is_saved boolean;
BEGIN
  IF coalesce(input ->> 'appointmentId', '') = '' OR coalesce(input ->> 'provider', '') = '' THEN
    RAISE EXCEPTION 'An appointment without an ID or provider cannot be told from others: give it as our booking nodes do';
  END IF;
  IF input ->> 'previousId' NOT IN ('', input ->> 'appointmentId') THEN
    INSERT INTO frontdesk_appointments AS known (tenant, provider, "appointmentId", "leadKey", status, "eventAt")
    VALUES (input ->> 'tenant', input ->> 'provider', input ->> 'previousId', nullif(input ->> 'leadKey', ''), 'rescheduled', moment)
    ON CONFLICT (tenant, provider, "appointmentId") DO UPDATE
      SET status = excluded.status, "eventAt" = excluded."eventAt", "updatedAt" = clock_timestamp()
      WHERE known."eventAt" <= excluded."eventAt";
  END IF;
  INSERT INTO frontdesk_appointments (tenant, provider, "appointmentId", "eventAt")
  VALUES (input ->> 'tenant', input ->> 'provider', input ->> 'appointmentId', '-infinity')
  ON CONFLICT (tenant, provider, "appointmentId") DO NOTHING;
  UPDATE frontdesk_appointments AS known SET (
      "previousId", "leadKey", "status", "start", "end", "timeZone", "service", "staff", "staffId",
      "clientId", "clientName", "phone", "email", "instagram", "amount", "paid", "url", "eventAt"
    ) = (SELECT
      new."previousId", new."leadKey", new."status", new."start", new."end", new."timeZone",
      new."service", new."staff", new."staffId", new."clientId", new."clientName", new."phone",
      new."email", new."instagram", new."amount", new."paid", new."url", new."eventAt"
    FROM jsonb_populate_record(known, row_values) AS new), "updatedAt" = clock_timestamp()
  WHERE tenant = input ->> 'tenant' AND provider = input ->> 'provider'
    AND "appointmentId" = input ->> 'appointmentId' AND "eventAt" <= moment
  RETURNING * INTO appointment;
  is_saved := FOUND;
  IF NOT is_saved THEN
    SELECT * INTO appointment FROM frontdesk_appointments WHERE tenant = input ->> 'tenant'
      AND provider = input ->> 'provider' AND "appointmentId" = input ->> 'appointmentId';
  END IF;
  RETURN jsonb_build_object('saved', is_saved, 'refusal', CASE WHEN is_saved THEN '' ELSE 'late' END,
    'appointment', frontdesk_row(appointment));
END
$$;
