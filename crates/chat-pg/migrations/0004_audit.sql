-- Who did what, when and from where. Rows are added and never changed: no foreign key, so that
-- they outlive the people and conversations that they name, and never the text of a message.
create table haggle_audit (
  -- UUIDv7; the entry of a message that was sent has the message's id.
  id varchar collate "C" not null,
  at timestamptz not null,
  actor_id varchar,
  action varchar not null,
  conversation_id varchar,
  ip varchar,
  user_agent varchar,
  detail jsonb not null default '{}',
  primary key (at, id),
  constraint haggle_audit_action check (
    action in ('created', 'opened', 'joined', 'left', 'sent', 'viewed', 'downloaded', 'refused')
  )
);

create index haggle_audit_conversation on haggle_audit (conversation_id, at desc);
create index haggle_audit_actor on haggle_audit (actor_id, at desc);
-- Most entries are of messages, which are found by the time alone; no send pays for this one.
create index haggle_audit_rare on haggle_audit (action, at desc) where action <> 'sent';

create function haggle_audit_only_grows() returns trigger
language plpgsql as $$
begin
  raise exception 'haggle_audit is append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger haggle_audit_only_grows
  before update or delete or truncate on haggle_audit
  for each statement
  execute function haggle_audit_only_grows();
