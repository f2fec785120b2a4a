-- When a conversation's rev was raised last, by the clock of the database. Nodes that
-- may have missed something look for what changed since. In no index, so that the
-- update of a send stays heap-only.
alter table conversations add column changed_at timestamptz not null default now();

create or replace function haggle_place_emptied() returns trigger
language plpgsql as $$
begin
  if new.rev = old.rev then
    new.rev := old.rev + 1;
  end if;
  new.changed_at := clock_timestamp();
  if new.admin_id is null then
    new.admin_read_seq := 0;
  end if;
  return new;
end
$$;
