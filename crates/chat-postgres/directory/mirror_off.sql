-- The host has no columns that say who is online, or wants to keep them itself.
create or replace function haggle.mirror_presence(people varchar[]) returns bigint
language sql stable as $$
  select 0::bigint
$$;
