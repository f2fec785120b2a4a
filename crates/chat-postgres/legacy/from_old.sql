-- What the old application writes is noted: which row, and no more. Whatever goes wrong here, its
-- write goes through. A name with a colon in front is replaced by what the old chat calls it.

create or replace function haggle.legacy_conversations_noted() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    insert into haggle.legacy_changes (conversation_id, what)
    select l.old_id, 'written'
    from haggle.legacy_conversations l
    order by l.old_id;
  elsif tg_op = 'UPDATE' then
    insert into haggle.legacy_changes (conversation_id, what)
    select cast(c.:conversation_id as varchar), 'written'
    from changed c
    left join before b on b.:conversation_id = c.:conversation_id
    where row(:places_of_c) is distinct from row(:places_of_b)
    union
    select cast(b.:conversation_id as varchar), 'written'
    from before b
    where not exists (select from changed c where c.:conversation_id = b.:conversation_id);
  else
    insert into haggle.legacy_changes (conversation_id, what)
    select cast(c.:conversation_id as varchar), 'written'
    from changed c;
  end if;
  return null;
exception when others then
  raise warning 'haggle: a change of % was not noted: % %', tg_relid::regclass, sqlstate, sqlerrm;
  return null;
end
$$;

create or replace function haggle.legacy_messages_noted() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    insert into haggle.legacy_changes (conversation_id, what) values ('', 'emptied');
  elsif tg_op = 'UPDATE' then
    insert into haggle.legacy_changes (conversation_id, message_id, what)
    select
      coalesce(cast(c.:message_conversation as varchar), ''),
      cast(c.:message_id as varchar),
      case when row(:words_of_c) is distinct from row(:words_of_b) then 'edited' else 'read' end
    from changed c
    left join before b on b.:message_id = c.:message_id
    where row(:words_of_c) is distinct from row(:words_of_b)
      or :was_read;
  else
    insert into haggle.legacy_changes (conversation_id, message_id, what)
    select
      coalesce(cast(c.:message_conversation as varchar), ''),
      cast(c.:message_id as varchar),
      case tg_op when 'DELETE' then 'deleted' else 'written' end
    from changed c;
  end if;
  return null;
exception when others then
  raise warning 'haggle: a change of % was not noted: % %', tg_relid::regclass, sqlstate, sqlerrm;
  return null;
end
$$;

revoke execute on function haggle.legacy_conversations_noted(), haggle.legacy_messages_noted() from public;
