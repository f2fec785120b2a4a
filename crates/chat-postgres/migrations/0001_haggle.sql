-- All of Haggle, in a schema of its own. Every name is written in full, so that no search_path
-- changes what it means. A function that a trigger calls has the rights of its owner: whoever
-- owns the host's tables may delete there without any right here.

-- Conversations: three places, one order, one purpose.
--
-- Columns that change with every message are in no index, so that the update
-- of a send stays heap-only (HOT). Lists are ordered through active_hour, which
-- changes once an hour at most, and an incremental sort inside the hour.
create table haggle.conversations (
  id varchar primary key default gen_random_uuid()::varchar,
  buyer_id varchar not null,
  supplier_id varchar,
  admin_id varchar,
  product_id varchar,
  type varchar not null default 'buyer_supplier',
  last_message text,
  last_message_at timestamptz,
  created_at timestamptz not null default now(),
  -- What an old chat called it.
  subject text,
  -- The product and the administrator as they were named when it was opened:
  -- the purpose stays when a product is deleted or an administrator leaves.
  product_key varchar,
  admin_key varchar,
  last_seq bigint not null default 0,
  rev bigint not null default 1,
  -- When rev was raised last, by the clock of the database. Nodes that may have missed
  -- something look for what changed since.
  changed_at timestamptz not null default now(),
  buyer_read_seq bigint not null default 0,
  supplier_read_seq bigint not null default 0,
  admin_read_seq bigint not null default 0,
  unread_count_buyer integer not null
    generated always as ((last_seq - buyer_read_seq)::integer) stored,
  unread_count_supplier integer not null
    generated always as (case when supplier_id is null then 0 else (last_seq - supplier_read_seq)::integer end) stored,
  unread_count_admin integer not null
    generated always as (case when admin_id is null then 0 else (last_seq - admin_read_seq)::integer end) stored,
  active_hour timestamptz not null
    generated always as (date_bin('1 hour', coalesce(last_message_at, created_at), timestamptz '1970-01-01 00:00:00+00')) stored,
  constraint conversations_type check (type in ('buyer_supplier', 'buyer_admin', 'support')),
  constraint conversations_marks check (
    0 <= buyer_read_seq and buyer_read_seq <= last_seq
    and 0 <= supplier_read_seq and supplier_read_seq <= last_seq
    and 0 <= admin_read_seq and admin_read_seq <= last_seq
  )
) with (fillfactor = 70);

create unique index conversations_purpose
  on haggle.conversations (buyer_id, supplier_id, product_key, type, admin_key) nulls not distinct;
create index idx_conversations_buyer on haggle.conversations (buyer_id, active_hour desc);
create index idx_conversations_supplier on haggle.conversations (supplier_id, active_hour desc);
create index idx_conversations_admin on haggle.conversations (admin_id, active_hour desc);
create index idx_conversations_product on haggle.conversations (product_id);
create index idx_conversations_last_message on haggle.conversations (active_hour desc);

-- Whatever empties a place or a product, a foreign key included, is a durable
-- change: it raises rev, and an empty place has read nothing.
create function haggle.place_emptied() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.rev = old.rev then
    new.rev := old.rev + 1;
  end if;
  new.changed_at := clock_timestamp();
  if new.admin_id is null then
    new.admin_read_seq := 0;
    -- Inside another trigger: a foreign key empties the place, because the host has deleted
    -- somebody. Whatever else empties it says itself who left, and why.
    if old.admin_id is not null and pg_trigger_depth() > 1 then
      insert into haggle.audit (id, at, actor_id, action, conversation_id, detail)
      values (
        haggle.uuidv7(), clock_timestamp(), old.admin_id, 'left', new.id,
        jsonb_build_object('because', 'deleted', 'lastSeq', new.last_seq)
      );
    end if;
  end if;
  return new;
end
$$;

create trigger place_emptied
  before update of admin_id, product_id on haggle.conversations
  for each row
  when (old.admin_id is distinct from new.admin_id or old.product_id is distinct from new.product_id)
  execute function haggle.place_emptied();

create table haggle.message_rows (
  id varchar primary key default gen_random_uuid()::varchar,
  conversation_id varchar not null references haggle.conversations (id) on delete cascade,
  seq bigint not null,
  -- Null: an administrator who was deleted since, or a former user.
  sender_id varchar,
  receiver_id varchar,
  sender_type varchar not null default 'buyer',
  message text not null,
  attachments text[] not null default '{}',
  client_message_id varchar,
  created_at timestamptz not null default now(),
  -- Whoever sent it was nobody any more when it was brought here.
  is_former_user boolean,
  constraint messages_sender_type check (sender_type in ('buyer', 'supplier', 'admin')),
  constraint messages_seq check (seq > 0)
);

-- The order, the cursor, and every page.
create unique index idx_messages_conversation on haggle.message_rows (conversation_id, seq);
-- One message per clientMessageId; also finds a deleted user's messages.
create unique index idx_messages_sender on haggle.message_rows (sender_id, conversation_id, client_message_id);

-- The table of messages as hosts read it. is_read is derived: every other
-- participant has read it, and there is one.
create view haggle.messages as
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
  m.is_former_user
from haggle.message_rows m;

-- One row for a user and a conversation. Once read, it is used again under a new id.
create table haggle.notifications (
  id varchar not null,
  user_id varchar not null,
  conversation_id varchar not null references haggle.conversations (id) on delete cascade,
  count integer not null,
  -- The newest message that the row stands for.
  up_to_seq bigint not null,
  is_read boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_hour timestamptz not null
    generated always as (date_bin('1 hour', updated_at, timestamptz '1970-01-01 00:00:00+00')) stored,
  primary key (conversation_id, user_id)
) with (fillfactor = 70);

-- The order of the pages; sorted by updated_at inside an hour.
create index notifications_user on haggle.notifications (user_id, updated_hour desc);

-- Everybody who ever had a place in a conversation. Messages and notifications have no foreign
-- key to the users: its check would be paid by every send, which has proved the sender's place
-- already. This row goes with its user, and takes along what it stands for.
create table haggle.participants (
  user_id varchar primary key
);

create function haggle.place_taken() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into haggle.participants (user_id)
  select seat.user_id
  from (values (new.buyer_id), (new.supplier_id), (new.admin_id)) as seat (user_id)
  where seat.user_id is not null
  order by seat.user_id
  on conflict do nothing;
  return null;
end
$$;

create trigger place_taken
  after insert or update of buyer_id, supplier_id, admin_id on haggle.conversations
  for each row
  execute function haggle.place_taken();

create function haggle.participant_gone() returns trigger
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
  delete from haggle.notifications
  where user_id = old.user_id;
  return null;
end
$$;

create trigger participant_gone
  after delete on haggle.participants
  for each row
  execute function haggle.participant_gone();

-- Presence: a lease lives as long as its node's heartbeat.
create table haggle.nodes (
  id varchar primary key,
  expires_at timestamptz not null
);

create table haggle.leases (
  user_id varchar not null,
  node_id varchar not null,
  primary key (user_id, node_id)
);
create index leases_node on haggle.leases (node_id);

create table haggle.presence (
  user_id varchar primary key,
  last_seen timestamptz not null
);

-- Files that were uploaded. Their bytes are in the object store under the id; those of an old chat's
-- links are where they were.
create table haggle.attachments (
  id varchar primary key,
  owner_id varchar not null,
  name varchar not null,
  type varchar not null,
  -- Of text, where its bytes say so.
  charset varchar,
  size bigint not null,
  width integer,
  height integer,
  has_thumbnail boolean not null,
  -- Of a link, as it stood: nothing else is known of it.
  url text,
  -- Both are null until it is sent. The conversation becomes null again when that is deleted:
  -- then the file is there for nobody, and its bytes wait to be removed.
  message_id varchar,
  conversation_id varchar references haggle.conversations (id) on delete set null,
  -- It is being removed, and there for nobody.
  given_up boolean not null default false,
  created_at timestamptz not null,
  constraint attachments_size check (size > 0 or url is not null),
  constraint attachments_sent check (conversation_id is null or message_id is not null)
);

create index attachments_conversation
  on haggle.attachments (conversation_id)
  where conversation_id is not null;
-- What waits to be sent, and what is to be removed.
create index attachments_unsent
  on haggle.attachments (owner_id)
  where conversation_id is null;

-- Keys that all servers of this database share. Made here, where chance is strong.
create table haggle.keys (
  name varchar primary key,
  key bytea not null
);

insert into haggle.keys (name, key)
values ('links', uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- Who did what, when and from where. Rows are added and never changed: no foreign key, so that
-- they outlive the people and conversations that they name, and never the text of a message.
create table haggle.audit (
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
  constraint audit_action check (
    action in ('created', 'opened', 'joined', 'left', 'sent', 'viewed', 'downloaded', 'refused')
  )
);

create index audit_conversation on haggle.audit (conversation_id, at desc);
create index audit_actor on haggle.audit (actor_id, at desc);
create index audit_events on haggle.audit (conversation_id, at desc) where action in ('joined', 'left');
-- Most entries are of messages, which are found by the time alone; no send pays for this one.
create index audit_rare on haggle.audit (action, at desc) where action <> 'sent';

create function haggle.audit_only_grows() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'haggle.audit is append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_only_grows
  before update or delete or truncate on haggle.audit
  for each statement
  execute function haggle.audit_only_grows();

-- Which table holds what the marketplace has, and whether it belongs to the host. Written at the
-- first migration, so that a search_path which changes later means nothing.
create table haggle.directory (
  kind varchar primary key,
  owned_by_host boolean not null,
  -- As the settings name it, and where it was found.
  named varchar not null,
  schema_name varchar not null,
  table_name varchar not null
);

-- UUIDv7 (RFC 9562, 5.7) for the rows that a statement makes by itself;
-- PostgreSQL has its own from version 18 on.
create function haggle.uuidv7() returns varchar
language sql volatile
return encode(
  set_bit(
    set_bit(
      overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6
      ),
      52, 1
    ),
    53, 1
  ),
  'hex'
)::uuid::varchar;

-- A function that a trigger calls has the rights of its owner: nobody else hangs one on a table.
revoke execute on function haggle.place_emptied(), haggle.place_taken(), haggle.participant_gone() from public;

-- What the list can be asked for.

-- Support that no administrator has taken. Its columns change no more often than those of the other
-- indexes, so the update of a send stays heap-only.
create index idx_conversations_waiting
  on haggle.conversations (active_hour desc)
  where admin_id is null and type <> 'buyer_supplier';

-- Text as a search compares it: without case, accents and the points of vowels, with a keyboard's
-- marks for a typesetter's, and without spaces that some write and some do not. No extension is
-- needed. lower() knows the letters beyond ASCII by a collation; which there are depends on how
-- PostgreSQL was built, and the database's own may know none.
do $$
declare
  letters name;
begin
  select collname
  into strict letters
  from pg_catalog.pg_collation
  where collnamespace = 'pg_catalog'::regnamespace
    and collname in ('pg_c_utf8', 'und-x-icu', 'C.utf8', 'en_US.utf8', 'default')
    and collencoding in (-1, pg_catalog.pg_char_to_encoding('UTF8'))
  order by array_position(array['pg_c_utf8', 'und-x-icu', 'C.utf8', 'en_US.utf8', 'default']::name[], collname)
  limit 1;

  execute format(
    $create$
      create function haggle.fold(written text) returns text
      language plpgsql immutable strict parallel safe cost 1000
      as $fold$
      declare
        folded text;
      begin
        if pg_catalog.octet_length(written) = pg_catalog.char_length(written) then
          folded := pg_catalog.lower(written collate "C");
          if pg_catalog.strpos(folded, ' x') > 0 or pg_catalog.strpos(folded, 'x ') > 0 then
            folded := pg_catalog.regexp_replace(folded, '([0-9]) *x *(?=[0-9])', '\1x', 'g');
          end if;
          return folded;
        end if;
        folded := pg_catalog.lower(pg_catalog.normalize(written, 'nfkd') collate pg_catalog.%I);
        folded := pg_catalog.regexp_replace(
          folded,
          '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]',
          '', 'g'
        );
        folded := pg_catalog.translate(
          folded,
          E'øłđðħıŧς\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u2032\u201c\u201d\u201e\u201f\u2010\u2011\u2012\u2013\u2014\u2015\u2212',
          E'olddhitσ\'\'\'\'\'\'\'\'""""-------'
        );
        if folded ~ '[ßæœþ]' then
          folded := pg_catalog.replace(pg_catalog.replace(folded, 'ß', 'ss'), 'þ', 'th');
          folded := pg_catalog.replace(pg_catalog.replace(folded, 'æ', 'ae'), 'œ', 'oe');
        end if;
        -- "M10 × 60" and "M10 x 60" are the size "M10x60".
        folded := pg_catalog.regexp_replace(folded, ' *× *', 'x', 'g');
        folded := pg_catalog.regexp_replace(folded, '([0-9]) *x *(?=[0-9])', '\1x', 'g');
        -- "中村 由紀" is "中村由紀": Chinese and Japanese set no spaces between words.
        return pg_catalog.regexp_replace(
          folded,
          '([\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]) +(?=[\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff])',
          '\1', 'g'
        );
      end
      $fold$
    $create$,
    letters
  );
end
$$;

-- Which of these folded words are somewhere in a folded text: the first is 1, the second 2, the third 4.
create function haggle.words_in(folded text, words text[]) returns bigint
language plpgsql immutable strict parallel safe cost 1000
as $$
declare
  found bigint := 0;
begin
  for place in 1 .. pg_catalog.cardinality(words) loop
    if pg_catalog.strpos(folded collate "C", words[place]) > 0 then
      found := found | (1::bigint << (place - 1));
    end if;
  end loop;
  return found;
end
$$;

-- The preview as haggle.fold makes it, where it is more than lower(): whoever sends writes it, for the
-- time that a search of all conversations would need. Null: folded when it is looked through.
alter table haggle.conversations add column last_message_folded text;

-- What Haggle knows about tables of the host that it cannot reference.

-- People, suppliers and products that the host's tables no longer have. What hangs on them goes when
-- they have been missing for a while, unless they are back.
create table haggle.missing (
  kind varchar not null,
  id varchar not null,
  since timestamptz not null,
  primary key (kind, id),
  constraint missing_kind check (kind in ('users', 'suppliers', 'products'))
);

-- Work that one server does for all: when it was done last.
create table haggle.chores (
  name varchar primary key,
  done_at timestamptz not null
);

insert into haggle.chores (name, done_at)
values ('orphans', '-infinity'), ('mirror', '-infinity');

-- Those whom the host's own column says are online, because Haggle wrote it.
create table haggle.mirrored (
  user_id varchar primary key
);

-- The chat that the marketplace had before, while it is being moved and as long as the bridge to it
-- stands.

-- Which it is: one row at most. Its tables by the names that they have now.
create table haggle.legacy_chat (
  is_only boolean primary key default true,
  shape varchar not null,
  schema_name varchar not null,
  conversations varchar not null,
  messages varchar not null,
  -- Of times that name none.
  time_zone varchar not null,
  begun_at timestamptz not null default clock_timestamp(),
  -- All that was there when it was begun is in Haggle, or was refused.
  copied_at timestamptz,
  -- The old tables were put aside.
  finished_at timestamptz,
  constraint legacy_chat_only check (is_only)
);

-- What became of each old conversation. Null: it was refused, with its messages. Several that had the
-- same purpose are one here. Its row comes in the transaction that brings its messages.
create table haggle.legacy_conversations (
  old_id varchar primary key,
  conversation_id varchar,
  -- Of its messages when it was copied.
  messages_kept integer not null default 0,
  messages_refused integer not null default 0
);
create index legacy_conversations_here on haggle.legacy_conversations (conversation_id);

-- Rows of the old tables that were not kept as they stood. The reasons are numbers: legacy/reason.rs has
-- their words.
create table haggle.legacy_report (
  is_message boolean not null,
  old_id varchar not null,
  reason smallint not null,
  detail text
);
create index legacy_report_row on haggle.legacy_report (old_id);

-- What the old application wrote and Haggle has not taken over yet, in the order in which it was noted.
create table haggle.legacy_changes (
  number bigint primary key generated always as identity,
  conversation_id varchar not null,
  -- Null: the conversation itself.
  message_id varchar,
  what varchar not null,
  noted_at timestamptz not null default clock_timestamp(),
  constraint legacy_changes_what check (what in ('written', 'read', 'edited', 'deleted', 'emptied'))
);
create index legacy_changes_conversation on haggle.legacy_changes (conversation_id, number);

-- What is to be written into the old tables once the old application lets go of a row.
create table haggle.legacy_owed (
  kind varchar not null,
  id varchar not null,
  primary key (kind, id),
  constraint legacy_owed_kind check (kind in ('conversation', 'message'))
);

-- What was said in Haggle and the old tables cannot hold.
create table haggle.legacy_left_out (
  kind varchar not null,
  id varchar not null,
  why text not null,
  primary key (kind, id),
  constraint legacy_left_out_kind check (kind in ('conversation', 'message'))
);
