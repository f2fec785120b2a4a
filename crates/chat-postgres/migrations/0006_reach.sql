-- How people who are away hear of messages: what they wish, mails that gather what they missed, and
-- browsers that show it.
--
-- A send writes nothing of this. Notifications, which it writes anyway, are what a mail is owed for;
-- looks through those that changed find them by this index, in which a row moves once an hour at most.
create index notifications_recent on haggle.notifications (updated_hour);

create table haggle.preferences (
  user_id varchar primary key,
  email varchar not null,
  push boolean not null,
  -- Minutes since midnight, in that time zone. All three, or none.
  quiet_from smallint,
  quiet_to smallint,
  quiet_zone varchar,
  language varchar not null,
  constraint preferences_email check (email in ('off', 'now', 'hourly', 'daily')),
  constraint preferences_quiet check (
    (quiet_zone is null) = (quiet_from is null) and (quiet_zone is null) = (quiet_to is null)
  )
);

-- People to whom a mail may be owed.
create table haggle.mail_recipients (
  user_id varchar primary key,
  -- When a server is to look; null: nothing waits.
  due_at timestamptz,
  -- Whose turn it is, until due_at.
  claim varchar,
  -- That failed since the last mail.
  attempts integer not null default 0
);
create index mail_recipients_due on haggle.mail_recipients (due_at) where due_at is not null;

-- What mails have told a person of a conversation.
create table haggle.digests (
  conversation_id varchar not null references haggle.conversations (id) on delete cascade,
  user_id varchar not null,
  -- Up to this message they were told, or need not be.
  settled_seq bigint not null default 0,
  mailed_at timestamptz,
  -- Of a mail that is being handed over. Still there when its server has died: it may have gone out.
  sending_seq bigint,
  sending_at timestamptz,
  -- Up to this message their browsers were told.
  pushed_seq bigint not null default 0,
  -- In the address that their answers go to.
  reply_token varchar unique,
  primary key (conversation_id, user_id)
);
create index digests_user on haggle.digests (user_id);

-- Addresses from which mails came back, in lower case.
create table haggle.bounces (
  address varchar primary key,
  failures integer not null,
  reason varchar not null,
  failed_at timestamptz not null
);
create index bounces_failed on haggle.bounces (failed_at desc);

-- Browsers that subscribed. Whoever knows an endpoint can post to it, so it is as secret as the keys.
create table haggle.push_subscriptions (
  endpoint varchar primary key,
  user_id varchar not null,
  p256dh varchar not null,
  auth varchar not null,
  created_at timestamptz not null
);
create index push_subscriptions_user on haggle.push_subscriptions (user_id, created_at);

-- What is somebody's own goes with them.
create function haggle.reach_gone() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from haggle.preferences where user_id = old.user_id;
  delete from haggle.mail_recipients where user_id = old.user_id;
  delete from haggle.digests where user_id = old.user_id;
  delete from haggle.push_subscriptions where user_id = old.user_id;
  return null;
end
$$;

create trigger reach_gone
  after delete on haggle.participants
  for each row
  execute function haggle.reach_gone();

revoke execute on function haggle.reach_gone() from public;

insert into haggle.chores (name, done_at)
values ('mail', '-infinity'), ('push', '-infinity');

insert into haggle.keys (name, key)
values ('mail', uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
