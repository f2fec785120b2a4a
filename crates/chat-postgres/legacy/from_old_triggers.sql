-- On one of the old tables, in a transaction that does nothing else: it waits for writers.
create trigger haggle_noted_insert
  after insert on :table
  referencing new table as changed
  for each statement
  when (current_setting('haggle.is_bridging', true) is distinct from 'on')
  execute function :function();

create trigger haggle_noted_update
  after update on :table
  referencing old table as before new table as changed
  for each statement
  when (current_setting('haggle.is_bridging', true) is distinct from 'on')
  execute function :function();

create trigger haggle_noted_delete
  after delete on :table
  referencing old table as changed
  for each statement
  when (current_setting('haggle.is_bridging', true) is distinct from 'on')
  execute function :function();

create trigger haggle_noted_truncate
  after truncate on :table
  for each statement
  when (current_setting('haggle.is_bridging', true) is distinct from 'on')
  execute function :function();
