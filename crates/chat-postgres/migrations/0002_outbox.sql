-- The outbox: what is done after the transaction that caused it. A row is written in that
-- transaction, and goes when its work is done.
create table haggle.jobs (
  id varchar collate "C" primary key,
  kind varchar not null,
  -- Of one kind and key one waits.
  key varchar,
  payload jsonb not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  -- The server that does it, until its lease ends.
  claimed_by varchar,
  claimed_until timestamptz,
  last_error text,
  -- Nobody tries it any more by themselves.
  dead_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  constraint jobs_claim check ((claimed_by is null) = (claimed_until is null)),
  constraint jobs_dead check (dead_at is null or claimed_by is null)
) with (fillfactor = 70);

create unique index jobs_key on haggle.jobs (kind, key) where key is not null and dead_at is null;
create index jobs_due on haggle.jobs (kind, due_at) where dead_at is null;
create index jobs_of_the_dead on haggle.jobs (id) where dead_at is not null;

-- Addresses of other systems, which are told of what happens.
create table haggle.webhook_endpoints (
  id varchar primary key,
  url text not null,
  -- Types, families of them (offer.*), or *.
  events text[] not null,
  secret text not null,
  -- Signs beside it until then.
  old_secret text,
  old_secret_until timestamptz,
  is_active boolean not null default true,
  -- Nothing has arrived since then.
  failing_since timestamptz,
  from_settings boolean not null default false,
  created_at timestamptz not null default clock_timestamp()
);

-- Events as they leave. The id is that of the job which told of it.
create table haggle.webhook_events (
  id varchar collate "C" primary key,
  type varchar not null,
  body text not null,
  created_at timestamptz not null
);
create index webhook_events_age on haggle.webhook_events (created_at);

create table haggle.webhook_deliveries (
  id varchar collate "C" primary key,
  endpoint_id varchar not null references haggle.webhook_endpoints (id) on delete cascade,
  event_id varchar collate "C" not null references haggle.webhook_events (id) on delete cascade,
  state varchar not null default 'waiting',
  attempts integer not null default 0,
  last_attempt_at timestamptz,
  -- What was answered last.
  status integer,
  error text,
  created_at timestamptz not null,
  constraint webhook_deliveries_state check (state in ('waiting', 'delivered', 'failed'))
) with (fillfactor = 70);

create unique index webhook_deliveries_once on haggle.webhook_deliveries (event_id, endpoint_id);
create index webhook_deliveries_page on haggle.webhook_deliveries (endpoint_id, created_at desc, id desc);
-- What is not delivered is counted, and is little beside the rest.
create index webhook_deliveries_left on haggle.webhook_deliveries (endpoint_id, state) where state <> 'delivered';
