-- Files that were uploaded. Their bytes are in the object store under the id.
create table haggle_attachments (
  id varchar primary key,
  owner_id varchar not null,
  name varchar not null,
  type varchar not null,
  size bigint not null,
  width integer,
  height integer,
  has_thumbnail boolean not null,
  -- Both are null until it is sent. The conversation becomes null again when that is deleted:
  -- then the file is there for nobody, and its bytes wait to be removed.
  message_id varchar,
  conversation_id varchar references conversations (id) on delete set null,
  -- It is being removed, and there for nobody.
  given_up boolean not null default false,
  created_at timestamptz not null,
  constraint attachments_size check (size > 0),
  constraint attachments_sent check (conversation_id is null or message_id is not null)
);

create index haggle_attachments_conversation
  on haggle_attachments (conversation_id)
  where conversation_id is not null;
-- What waits to be sent, and what is to be removed.
create index haggle_attachments_unsent
  on haggle_attachments (owner_id)
  where conversation_id is null;

-- Keys that all servers of this database share. Made here, where chance is strong.
create table haggle_keys (
  name varchar primary key,
  key bytea not null
);

insert into haggle_keys (name, key)
values ('links', uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
