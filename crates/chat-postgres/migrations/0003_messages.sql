-- What becomes of messages after they were sent. Everything here is null of a plain one: a send writes
-- none of these columns, and none of these indexes has an entry for it.

alter table haggle.message_rows
  -- Null: text.
  add column kind varchar,
  -- What happened, of a system message. Its sender did it.
  add column system_event varchar,
  add column system_reason text,
  -- The offer that a message is, or tells of.
  add column offer_id varchar,
  -- A message of the same conversation.
  add column reply_to varchar,
  add column edited_at timestamptz,
  -- It was taken back: then its text is empty, and what it said is in message_versions.
  add column deleted_at timestamptz,
  add column deleted_by varchar,
  -- The rev of the conversation with its last change. Null: it is as it was sent.
  add column changed_rev bigint,
  add constraint messages_kind check (kind in ('offer', 'request', 'system'));

-- What a returning client may not know.
create index messages_changed
  on haggle.message_rows (conversation_id, changed_rev)
  where changed_rev is not null;

-- The rev of the newest change of a message that had been sent before. Null: there was none.
alter table haggle.conversations add column messages_rev bigint;

create or replace view haggle.messages as
select
  m.id,
  m.conversation_id,
  m.sender_id,
  m.receiver_id,
  m.sender_type,
  m.message,
  m.attachments,
  (
    select coalesce(
      least(
        case when m.sender_type <> 'buyer' then c.buyer_read_seq end,
        case when m.sender_type <> 'supplier' and c.supplier_id is not null then c.supplier_read_seq end,
        case when m.sender_type <> 'admin' and c.admin_id is not null then c.admin_read_seq end
      ) >= m.seq,
      false
    )
    from haggle.conversations c
    where c.id = m.conversation_id
  ) as is_read,
  m.created_at,
  m.seq,
  m.client_message_id,
  m.is_former_user,
  m.kind,
  m.system_event,
  m.system_reason,
  m.offer_id,
  m.reply_to,
  m.edited_at,
  m.deleted_at,
  m.deleted_by,
  m.changed_rev
from haggle.message_rows m;

-- What a message said before it was corrected or taken back, for administrators.
create table haggle.message_versions (
  message_id varchar not null references haggle.message_rows (id) on delete cascade,
  -- Of the conversation with the change that ended it.
  rev bigint not null,
  message text not null,
  -- Null: as it was sent.
  edited_at timestamptz,
  primary key (message_id, rev)
);

create table haggle.reactions (
  message_id varchar not null references haggle.message_rows (id) on delete cascade,
  emoji varchar not null,
  user_id varchar not null,
  -- Of the conversation with it: the order in which they were given.
  rev bigint not null,
  primary key (message_id, emoji, user_id)
);
create index reactions_user on haggle.reactions (user_id);

-- Of a file whose message was taken back. Its bytes stay as long as the conversation.
alter table haggle.attachments add column is_taken_back boolean not null default false;

-- Reactions go with their user, like places.
create or replace function haggle.participant_gone() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- A send of theirs that is under way holds one of these rows. After it, there is none.
  perform from haggle.conversations
  where buyer_id = old.user_id or supplier_id = old.user_id or admin_id = old.user_id
  order by id
  for update;
  update haggle.message_rows
  set sender_id = null
  where sender_id = old.user_id;
  -- An administrator is the only receiver whose conversations outlive them, where there is no supplier.
  update haggle.message_rows m
  set receiver_id = null
  from haggle.conversations c
  where c.supplier_id is null
    and m.conversation_id = c.id
    and m.receiver_id = old.user_id;
  update haggle.message_rows
  set deleted_by = null
  where deleted_by = old.user_id;
  delete from haggle.reactions
  where user_id = old.user_id;
  delete from haggle.notifications
  where user_id = old.user_id;
  return null;
end
$$;

create index messages_deleted_by on haggle.message_rows (deleted_by) where deleted_by is not null;

-- The words are the server's: a new one needs no migration.
alter table haggle.audit drop constraint audit_action;
alter table haggle.audit add constraint audit_action check (action ~ '^[a-z_]{1,40}$');

-- The index of messages by their words, filled after their commit by whichever server comes first. It holds nothing
-- that cannot be made again, so it has no foreign keys: a send would wait for their locks.

-- Some messages of a conversation.
create table haggle.search_chunks (
  conversation_id varchar not null,
  first_seq bigint not null,
  last_seq bigint not null,
  oldest_at timestamptz not null,
  newest_at timestamptz not null,
  buyer_id varchar not null,
  supplier_id varchar,
  -- Their words, '#' and the conversation, '@' and each who sits there as buyer or supplier.
  words tsvector not null,
  primary key (conversation_id, first_seq)
);

-- What few messages say.
create index search_chunks_words on haggle.search_chunks using gin (words);
-- What many messages say, by who may see it.
create index search_chunks_buyer on haggle.search_chunks (buyer_id, newest_at desc);
create index search_chunks_supplier on haggle.search_chunks (supplier_id, newest_at desc)
  where supplier_id is not null;
create index search_chunks_newest on haggle.search_chunks (newest_at desc);

-- How far a conversation is in the index.
create table haggle.search_state (
  conversation_id varchar primary key,
  -- Of the last message.
  seq bigint not null default 0,
  -- Of the last change of one.
  rev bigint not null default 0
);

-- Also what a message says, once it was corrected or taken back.
alter table haggle.legacy_owed drop constraint legacy_owed_kind;
alter table haggle.legacy_owed add constraint legacy_owed_kind
  check (kind in ('conversation', 'message', 'words'));
