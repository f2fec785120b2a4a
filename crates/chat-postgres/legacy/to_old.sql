-- What is said in Haggle, in the old tables, in the same transaction. A name with a colon in front is
-- replaced by what the old chat calls it, or by the expression that fills it.
--
-- No row of the old tables is waited for: what the old application holds is owed, and written a moment
-- later. Nothing here fails whoever says something: what the old tables cannot hold is left out and
-- counted. What is written here is not noted as a change of the old chat.

-- Which old conversation is this one: its own, or one that had the same purpose.
create or replace function haggle.legacy_there(here varchar) returns varchar
language sql stable set search_path = pg_catalog, pg_temp as $$
  select l.old_id
  from haggle.legacy_conversations l
  where l.conversation_id = here
  order by l.old_id <> here, l.old_id
  limit 1
$$;

-- Messages, in one statement, unless they are there already.
create or replace function haggle.legacy_insert(wanted varchar[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  written bigint;
begin
  insert into :messages (:message_columns)
  select :message_values
  from haggle.message_rows m
  join haggle.conversations c on c.id = m.conversation_id
  where m.id = any(wanted)
    and exists (
      select
      from :conversations o
      where o.:conversation_id = cast(haggle.legacy_there(m.conversation_id) as :conversation_type)
    )
    and not exists (select from :messages o where o.:message_id = cast(m.id as :message_type))
  order by m.conversation_id, m.seq;
  get diagnostics written = row_count;
  if written < cardinality(wanted) then
    insert into haggle.legacy_left_out (kind, id, why)
    select
      'message', m.id,
      coalesce(
        (select l.why from haggle.legacy_left_out l where l.kind = 'conversation' and l.id = m.conversation_id),
        'the old chat no longer has its conversation'
      )
    from haggle.message_rows m
    where m.id = any(wanted)
      and not exists (select from :messages o where o.:message_id = cast(m.id as :message_type))
    order by m.id
    on conflict (kind, id) do update set why = excluded.why;
  end if;
end
$$;

create or replace function haggle.legacy_say(wanted varchar[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
declare
  before constant text := coalesce(current_setting('haggle.is_bridging', true), '');
  one varchar;
  state text;
  what text;
begin
  perform set_config('haggle.is_bridging', 'on', true);
  begin
    perform haggle.legacy_insert(wanted);
  exception when others then
    -- Which of them it was.
    foreach one in array wanted loop
      begin
        perform haggle.legacy_insert(array[one]);
      exception
        when lock_not_available or deadlock_detected or serialization_failure then
          insert into haggle.legacy_owed (kind, id) values ('message', one) on conflict do nothing;
        when others then
          get stacked diagnostics state = returned_sqlstate, what = constraint_name;
          insert into haggle.legacy_left_out (kind, id, why)
          values ('message', one, concat_ws(' ', 'the old table refuses it:', state, nullif(what, '')))
          on conflict (kind, id) do update set why = excluded.why;
      end;
    end loop;
  end;
  perform set_config('haggle.is_bridging', before, true);
end
$$;

-- A conversation that the old table does not have, and what was said there.
create or replace function haggle.legacy_open(wanted varchar) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
declare
  before constant text := coalesce(current_setting('haggle.is_bridging', true), '');
  obstacle text;
  state text;
  what text;
begin
  select :obstacle
  into obstacle
  from haggle.conversations c
  where c.id = wanted;
  if not found then
    return;
  end if;
  if obstacle is null then
    begin
      perform set_config('haggle.is_bridging', 'on', true);
      insert into :conversations (:conversation_columns)
      select :conversation_values
      from haggle.conversations c
      where c.id = wanted
        and not exists (
          select from :conversations o where o.:conversation_id = cast(wanted as :conversation_type)
        );
      perform set_config('haggle.is_bridging', before, true);
    exception
      when lock_not_available or deadlock_detected or serialization_failure then
        insert into haggle.legacy_owed (kind, id) values ('conversation', wanted) on conflict do nothing;
        return;
      when others then
        get stacked diagnostics state = returned_sqlstate, what = constraint_name;
        obstacle := concat_ws(' ', 'the old table refuses it:', state, nullif(what, ''));
    end;
  end if;
  if obstacle is not null then
    insert into haggle.legacy_left_out (kind, id, why)
    values ('conversation', wanted, obstacle)
    on conflict (kind, id) do update set why = excluded.why;
    return;
  end if;
  insert into haggle.legacy_conversations (old_id, conversation_id)
  values (wanted, wanted)
  on conflict do nothing;
  delete from haggle.legacy_left_out l
  where l.kind = 'conversation' and l.id = wanted
    or l.kind = 'message' and l.id in (select m.id from haggle.message_rows m where m.conversation_id = wanted);
  perform haggle.legacy_say(array(
    select m.id from haggle.message_rows m where m.conversation_id = wanted order by m.seq
  ));
end
$$;

-- Sets the flags of these messages. False: the old application holds one of them.
create or replace function haggle.legacy_read(wanted varchar[]) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  held :message_type[];
begin
  if not :has_flags then
    return true;
  end if;
  held := array(
    select o.:message_id
    from :messages o
    where o.:message_id = any(cast(wanted as :message_type[])) and not :is_read
    order by o.:message_id
    for no key update skip locked
  );
  update :messages o
  set :flags
  where o.:message_id = any(held);
  return not exists (
    select from :messages o
    where o.:message_id = any(cast(wanted as :message_type[])) and not :is_read
  );
end
$$;

-- The old row of a conversation, and what is read there, as Haggle has them by now. False: the old
-- application holds a row.
create or replace function haggle.legacy_update(wanted varchar) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  before constant text := coalesce(current_setting('haggle.is_bridging', true), '');
  there constant :conversation_type := cast(haggle.legacy_there(wanted) as :conversation_type);
  is_whole boolean;
begin
  perform from :conversations o
  where o.:conversation_id = there
  for no key update skip locked;
  if not found then
    return not exists (
      select from :conversations o where o.:conversation_id = there
    );
  end if;
  perform set_config('haggle.is_bridging', 'on', true);
  update :conversations o
  set :all_columns
  from haggle.conversations c
  where o.:conversation_id = there and c.id = wanted;
  is_whole := haggle.legacy_read(array(
    select m.id
    from haggle.conversations c
    join haggle.message_rows m on m.conversation_id = c.id
    where c.id = wanted
      and m.seq <= case
        when m.receiver_id = c.buyer_id then c.buyer_read_seq
        when m.receiver_id = c.supplier_id then c.supplier_read_seq
        when coalesce(m.receiver_id, c.admin_id) = c.admin_id then c.admin_read_seq
      end
  ));
  perform set_config('haggle.is_bridging', before, true);
  return is_whole;
end
$$;

-- What a message says by now, in its old row. False: the old application holds it.
create or replace function haggle.legacy_rewrite(wanted varchar) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  before constant text := coalesce(current_setting('haggle.is_bridging', true), '');
begin
  perform from :messages o
  where o.:message_id = cast(wanted as :message_type)
  for no key update skip locked;
  if not found then
    return not exists (select from :messages o where o.:message_id = cast(wanted as :message_type));
  end if;
  perform set_config('haggle.is_bridging', 'on', true);
  update :messages o
  set :words
  from haggle.message_rows m
  join haggle.conversations c on c.id = m.conversation_id
  where o.:message_id = cast(wanted as :message_type) and m.id = wanted;
  perform set_config('haggle.is_bridging', before, true);
  return true;
end
$$;

-- A correction, or a message that was taken back: its old row then says nothing.
create or replace function haggle.legacy_messages_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
begin
  if not haggle.legacy_rewrite(new.id) then
    insert into haggle.legacy_owed (kind, id) values ('words', new.id) on conflict do nothing;
  end if;
  return null;
exception when others then
  insert into haggle.legacy_owed (kind, id) values ('words', new.id) on conflict do nothing;
  return null;
end
$$;

create or replace function haggle.legacy_messages_added() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  unopened varchar;
begin
  for unopened in
    select distinct a.conversation_id
    from added a
    where not exists (select from haggle.legacy_conversations l where l.conversation_id = a.conversation_id)
    order by a.conversation_id
  loop
    perform haggle.legacy_open(unopened);
  end loop;
  perform haggle.legacy_say(array(select a.id from added a order by a.conversation_id, a.seq));
  return null;
end
$$;

create or replace function haggle.legacy_conversations_added() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  added_id varchar;
begin
  for added_id in select a.id from added a order by a.id loop
    perform haggle.legacy_open(added_id);
  end loop;
  return null;
end
$$;

create or replace function haggle.legacy_conversations_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
declare
  is_bridging constant text := coalesce(current_setting('haggle.is_bridging', true), '');
  touched varchar[];
  held varchar[];
  one varchar;
begin
  -- Somebody may have come for whom the old table waited.
  for one in
    select a.id
    from after a
    join before b on b.id = a.id
    where (a.supplier_id, a.admin_id, a.product_id) is distinct from (b.supplier_id, b.admin_id, b.product_id)
      and not exists (select from haggle.legacy_conversations l where l.conversation_id = a.id)
    order by a.id
  loop
    perform haggle.legacy_open(one);
  end loop;
  begin
    perform set_config('haggle.is_bridging', 'on', true);
    touched := array(select haggle.legacy_there(a.id) from after a);
    touched := array(
      select cast(o.:conversation_id as varchar)
      from :conversations o
      where o.:conversation_id = any(cast(touched as :conversation_type[]))
      order by o.:conversation_id
    );
    held := array(
      select cast(o.:conversation_id as varchar)
      from :conversations o
      where o.:conversation_id = any(cast(touched as :conversation_type[]))
      order by o.:conversation_id
      for no key update skip locked
    );
    update :conversations o
    set :changed_columns
    from after c, before b
    where b.id = c.id
      and o.:conversation_id = any(cast(held as :conversation_type[]))
      and o.:conversation_id = cast(haggle.legacy_there(c.id) as :conversation_type);
    if touched <> held then
      insert into haggle.legacy_owed (kind, id)
      select 'conversation', a.id
      from after a
      where haggle.legacy_there(a.id) = any(touched) and haggle.legacy_there(a.id) <> all(held)
      on conflict do nothing;
    end if;
    if not haggle.legacy_read(array(
      select m.id
      from after a
      join before b on b.id = a.id
      cross join lateral (
        values
          (a.buyer_id, false, b.buyer_read_seq, a.buyer_read_seq),
          (a.supplier_id, false, b.supplier_read_seq, a.supplier_read_seq),
          (a.admin_id, true, b.admin_read_seq, a.admin_read_seq)
      ) as seat (user_id, is_admin, read_before, read_seq)
      join haggle.message_rows m
        on m.conversation_id = a.id and m.seq > seat.read_before and m.seq <= seat.read_seq
      where m.receiver_id = seat.user_id or m.receiver_id is null and seat.is_admin
    )) then
      insert into haggle.legacy_owed (kind, id)
      select 'conversation', a.id
      from after a
      on conflict do nothing;
    end if;
    perform set_config('haggle.is_bridging', is_bridging, true);
  exception when others then
    insert into haggle.legacy_owed (kind, id)
    select 'conversation', a.id
    from after a
    on conflict do nothing;
  end;
  return null;
end
$$;

-- What the old tables do not have of a conversation.
create or replace function haggle.legacy_bring_over(wanted varchar) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from haggle.legacy_conversations l where l.conversation_id = wanted) then
    perform haggle.legacy_open(wanted);
    return;
  end if;
  perform haggle.legacy_say(array(
    select m.id
    from haggle.message_rows m
    where m.conversation_id = wanted
      and not exists (select from :messages o where o.:message_id = cast(m.id as :message_type))
    order by m.seq
  ));
  if not haggle.legacy_update(wanted) then
    insert into haggle.legacy_owed (kind, id) values ('conversation', wanted) on conflict do nothing;
  end if;
end
$$;

-- Pays what is owed, so many at once. How much is owed still.
create or replace function haggle.legacy_settle(most integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  owed record;
  state text;
  what text;
begin
  for owed in
    delete from haggle.legacy_owed
    where (kind, id) in (
      select kind, id from haggle.legacy_owed order by kind, id limit most for update skip locked
    )
    returning kind, id
  loop
    begin
      if owed.kind = 'message' then
        perform haggle.legacy_say(array[owed.id]);
      elsif owed.kind = 'words' then
        if not haggle.legacy_rewrite(owed.id) then
          insert into haggle.legacy_owed (kind, id) values (owed.kind, owed.id) on conflict do nothing;
        end if;
      elsif not exists (select from haggle.legacy_conversations l where l.conversation_id = owed.id) then
        perform haggle.legacy_open(owed.id);
      elsif not haggle.legacy_update(owed.id) then
        insert into haggle.legacy_owed (kind, id) values (owed.kind, owed.id) on conflict do nothing;
      end if;
    exception
      when lock_not_available or deadlock_detected or serialization_failure then
        insert into haggle.legacy_owed (kind, id) values (owed.kind, owed.id) on conflict do nothing;
      when others then
        get stacked diagnostics state = returned_sqlstate, what = constraint_name;
        insert into haggle.legacy_left_out (kind, id, why)
        values (
          case owed.kind when 'words' then 'message' else owed.kind end,
          owed.id,
          concat_ws(' ', 'the old table refuses it:', state, nullif(what, ''))
        )
        on conflict (kind, id) do update set why = excluded.why;
    end;
  end loop;
  return (select count(*) from haggle.legacy_owed);
end
$$;

revoke execute on function
  haggle.legacy_insert(varchar[]), haggle.legacy_say(varchar[]), haggle.legacy_open(varchar),
  haggle.legacy_read(varchar[]), haggle.legacy_update(varchar), haggle.legacy_bring_over(varchar),
  haggle.legacy_rewrite(varchar), haggle.legacy_messages_changed(), haggle.legacy_messages_added(),
  haggle.legacy_conversations_added(), haggle.legacy_conversations_changed()
from public;
