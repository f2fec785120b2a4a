-- The longest transaction of Haggle's that was seen with a lock on an old table.
do $$
declare
  longest float8 := 0;
  held float8;
begin
  while not exists (select from public.stop) loop
    select max(extract(epoch from clock_timestamp() - a.xact_start))
    into held
    from pg_locks l
    join pg_stat_activity a on a.pid = l.pid
    where l.relation in ('public.conversations'::regclass, 'public.messages'::regclass)
      and a.application_name = 'haggle' and l.pid <> pg_backend_pid();
    longest := greatest(longest, held);
    perform pg_stat_clear_snapshot();
    perform pg_sleep(0.002);
  end loop;
  insert into public.longest values (longest);
end
$$;
