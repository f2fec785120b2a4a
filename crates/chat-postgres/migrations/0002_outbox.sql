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
