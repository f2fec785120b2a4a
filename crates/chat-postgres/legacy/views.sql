-- What reports of the host read once the old tables are put aside: the columns that the chat has, from
-- Haggle. A name with a colon in front is replaced by what the old table was called.
create or replace function haggle.legacy_only_reads() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the chat is in Haggle now, and % only shows it', tg_relid::regclass
    using errcode = 'object_not_in_prerequisite_state',
      hint = 'write through Haggle, or run `haggle migrate --restore`';
end
$$;

create view :conversations as
select
  id, buyer_id, supplier_id, admin_id, product_id, type, last_message, last_message_at,
  unread_count_buyer, unread_count_supplier, unread_count_admin, created_at
from haggle.conversations;

create trigger haggle_only_reads
  instead of insert or update or delete on :conversations
  for each row
  execute function haggle.legacy_only_reads();

create view :messages as
select
  id, conversation_id, sender_id, receiver_id, sender_type, message, attachments, is_read, created_at
from haggle.messages;

create trigger haggle_only_reads
  instead of insert or update or delete on :messages
  for each row
  execute function haggle.legacy_only_reads();
