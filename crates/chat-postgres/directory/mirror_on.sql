-- Writes into the host's columns who is online, where that has changed since it was written last: of
-- these people, or of all. Rows that the host has locked are left for the next time. It has the rights
-- of its owner, as the views have.
create or replace function haggle.mirror_presence(people varchar[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  changed bigint;
begin
  -- One at a time, so that each sees what the one before has written.
  perform pg_advisory_xact_lock(1214342003, 0);
  with live as (
    select distinct l.user_id
    from haggle.leases l
    join haggle.nodes n on n.id = l.node_id and n.expires_at > clock_timestamp()
    where people is null or l.user_id = any(people)
  ),
  wrong as (
    select l.user_id, true as is_online
    from live l
    where not exists (select from haggle.mirrored m where m.user_id = l.user_id)
    union all
    select m.user_id, false
    from haggle.mirrored m
    where (people is null or m.user_id = any(people))
      and not exists (select from live l where l.user_id = m.user_id)
    limit 1000
  ),
  free as (
    select
      u.:users_id as key,
      w.user_id,
      w.is_online,
      case when w.is_online then clock_timestamp() else coalesce(p.last_seen, clock_timestamp()) end as seen
    from wrong w
    join :users u on u.:users_id = w.user_id:::id_type
    left join haggle.presence p on p.user_id = w.user_id
    for no key update of u skip locked
  ),
  written as (
    update :users u
    set :online_changes
    from free
    where u.:users_id = free.key
    returning free.user_id, free.is_online
  ),
  shown as (
    insert into haggle.mirrored (user_id)
    select user_id from written where is_online
    on conflict do nothing
  ),
  -- Also of people who are gone.
  hidden as (
    delete from haggle.mirrored m
    using wrong w
    where m.user_id = w.user_id
      and not w.is_online
      and (
        exists (select from written r where r.user_id = m.user_id)
        or not exists (select from :users u where u.:users_id = m.user_id:::id_type)
      )
  )
  select count(*) into changed from written;
  return changed;
end
$$;
