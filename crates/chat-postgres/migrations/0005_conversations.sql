-- What each person sets for themselves in a conversation, what ends writing in it, reports, saved
-- replies, and how fast suppliers answer.

-- All null: nothing is set.
create type haggle.own_settings as (
  -- It is put away as long as no message is newer than this one.
  archived_seq bigint,
  is_pinned boolean,
  muted_until timestamptz,
  -- It was marked as unread when so much was read: over when more is.
  unread_seq bigint
);

-- In no index, as all that a send leaves as it is, and null for nearly everybody.
alter table haggle.conversations
  add column buyer_settings haggle.own_settings,
  add column supplier_settings haggle.own_settings,
  add column admin_settings haggle.own_settings,
  -- Whoever blocks is written to by the other no more.
  add column buyer_blocks boolean not null default false,
  add column supplier_blocks boolean not null default false,
  -- Nobody writes in it.
  add column closed_at timestamptz,
  add column closed_reason text;

create function haggle.is_muted(settings haggle.own_settings) returns boolean
language sql stable parallel safe
return coalesce((settings).muted_until > now(), false);

-- Whether somebody who sits in a conversation has muted it.
create function haggle.is_muted_by(user_id varchar, conversation haggle.conversations) returns boolean
language sql stable parallel safe
as $$
  select haggle.is_muted(
    case user_id
      when conversation.buyer_id then conversation.buyer_settings
      when conversation.supplier_id then conversation.supplier_settings
      when conversation.admin_id then conversation.admin_settings
    end
  )
$$;

create function haggle.is_archived(settings haggle.own_settings, last_seq bigint) returns boolean
language sql stable parallel safe
return coalesce(
  (settings).archived_seq >= last_seq
  or ((settings).archived_seq is not null and (settings).muted_until > now()),
  false
);

create function haggle.is_unread(settings haggle.own_settings, last_seq bigint, read_seq bigint) returns boolean
language sql stable parallel safe
return coalesce(
  (read_seq < last_seq or coalesce((settings).unread_seq >= read_seq, false))
  and not coalesce((settings).muted_until > now(), false),
  false
);

-- Whoever takes the administrator's place next begins without the settings of the one before.
create function haggle.settings_left() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.admin_settings := null;
  return new;
end
$$;

create trigger settings_left
  before update of admin_id on haggle.conversations
  for each row
  when (old.admin_id is distinct from new.admin_id and old.admin_settings is distinct from null)
  execute function haggle.settings_left();

-- What people say is wrong with a conversation or a message, for administrators.
create table haggle.reports (
  id varchar collate "C" primary key,
  conversation_id varchar not null references haggle.conversations (id) on delete cascade,
  message_id varchar,
  -- Null: their account is gone.
  reporter_id varchar references haggle.participants (user_id) on delete set null,
  reason varchar not null,
  text text not null default '',
  state varchar not null default 'open',
  answer text,
  answered_by varchar,
  answered_at timestamptz,
  created_at timestamptz not null,
  constraint reports_state check (state in ('open', 'answered', 'dismissed')),
  constraint reports_reason check (reason in ('spam', 'fraud', 'abuse', 'off_platform', 'prohibited', 'other'))
);

create index reports_newest on haggle.reports (created_at desc, id desc);
create index reports_of_state on haggle.reports (state, created_at desc, id desc);
create index reports_conversation on haggle.reports (conversation_id);
create index reports_reporter on haggle.reports (reporter_id) where state = 'open';

-- What people say again and again: a person's own, or a company's.
create table haggle.replies (
  id varchar collate "C" primary key,
  owner_id varchar references haggle.participants (user_id) on delete cascade,
  company text,
  name text not null,
  -- The name as names are compared.
  name_key text not null,
  text text not null,
  constraint replies_owner check (num_nonnulls(owner_id, company) = 1)
);

create unique index replies_of_person on haggle.replies (owner_id, name_key) where owner_id is not null;
create unique index replies_of_company on haggle.replies (company, name_key) where company is not null;

-- How long a supplier usually takes, in minutes of working time. One server works it out now and then.
create table haggle.answer_times (
  user_id varchar primary key references haggle.participants (user_id) on delete cascade,
  minutes integer not null
);

-- The directory's tables where the host has none; new ones come with these columns.
alter table if exists haggle.users add column if not exists time_zone text;
alter table if exists haggle.suppliers add column if not exists working_hours text;

insert into haggle.chores (name, done_at)
values ('answer_times', '-infinity');

revoke execute on function haggle.settings_left() from public;
