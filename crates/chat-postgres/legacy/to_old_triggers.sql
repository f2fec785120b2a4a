-- Once the functions are there. Sends pay for nothing of this where there is no bridge.
create trigger legacy_messages_added
  after insert on haggle.message_rows
  referencing new table as added
  for each statement
  when (current_setting('haggle.is_bridging', true) is distinct from 'on')
  execute function haggle.legacy_messages_added();

create trigger legacy_messages_changed
  after update of message, deleted_at on haggle.message_rows
  for each row
  when (
    (old.message is distinct from new.message or old.deleted_at is distinct from new.deleted_at)
    and current_setting('haggle.is_bridging', true) is distinct from 'on'
  )
  execute function haggle.legacy_messages_changed();

create trigger legacy_conversations_added
  after insert on haggle.conversations
  referencing new table as added
  for each statement
  when (current_setting('haggle.is_bridging', true) is distinct from 'on')
  execute function haggle.legacy_conversations_added();

create trigger legacy_conversations_changed
  after update on haggle.conversations
  referencing old table as before new table as after
  for each statement
  when (current_setting('haggle.is_bridging', true) is distinct from 'on')
  execute function haggle.legacy_conversations_changed();
