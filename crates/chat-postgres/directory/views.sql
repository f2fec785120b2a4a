-- The directory as the rest of the SQL knows it, whatever the host calls its
-- tables. A name with a colon in front is replaced by the host's table, or by the SQL
-- expressions of its columns; psql understands the same form.
drop view if exists haggle.named_conversations, haggle.people, haggle.directory_products, haggle.directory_suppliers, haggle.directory_users;
drop function if exists haggle.user_key(varchar), haggle.supplier_key(varchar), haggle.product_key(varchar);

-- Ids as the host's own tables have them, so that its own indexes find them: a number or a UUID of
-- theirs is a text here. Null: there can be no such id.
create function haggle.user_key(id varchar) returns :users_key_type
language sql immutable parallel safe
return :users_key_of_text;

create function haggle.supplier_key(id varchar) returns :suppliers_key_type
language sql immutable parallel safe
return :suppliers_key_of_text;

create function haggle.product_key(id varchar) returns :products_key_type
language sql immutable parallel safe
return :products_key_of_text;

-- Nobody is without a name: a list that shows them must show something. A role that means
-- nothing here is null, and then the person is nobody here, but what they said keeps their name.
create view haggle.directory_users as
select
  u.id,
  coalesce(nullif(btrim(u.name), ''), 'User ' || right(u.id, 6)) as name,
  nullif(btrim(u.company), '') as company,
  u.email,
  (case u.role :roles end)::varchar as role,
  coalesce(u.is_active, true) as is_active,
  nullif(btrim(u.time_zone), '') as time_zone,
  u.key
from (select :users_columns, :users_key as key from :users) u
where u.id is not null;

create view haggle.directory_suppliers as
select
  s.id,
  s.user_id,
  case when btrim(s.name) <> '' then s.name else '' end as name,
  nullif(btrim(s.working_hours), '') as working_hours,
  s.key,
  s.user_key
from (
  select :suppliers_columns, :suppliers_key as key, :suppliers_user_key as user_key
  from :suppliers
) s
where s.id is not null;

create view haggle.directory_products as
select
  p.id,
  coalesce(nullif(btrim(p.name), ''), 'Product ' || right(p.id, 6)) as name,
  coalesce(p.image, '') as image,
  p.supplier_id,
  p.key
from (select :products_columns, :products_key as key from :products) p
where p.id is not null;

-- People under the name that others see: the supplier's company where there is one.
create view haggle.people as
select
  u.id,
  coalesce(s.name, u.name) as name,
  case when s.name is null then nullif(u.company, u.name) end as company,
  u.time_zone,
  s.working_hours,
  u.role,
  u.is_active,
  u.key
from haggle.directory_users u
left join lateral (
  select nullif(s.name, '') as name, s.working_hours
  from haggle.directory_suppliers s
  where s.user_key = u.key
  order by s.name = '', s.id
  limit 1
) s on true;

-- Conversations with the names that a list shows, and all their columns: made anew with each migration that
-- adds one. The newest: messages_rev, offer_id, offer_state, offer_role, has_deal.
create view haggle.named_conversations as
select
  c.*,
  (select array[p.name, p.company, p.time_zone, p.working_hours] from haggle.people p where p.key = haggle.user_key(c.buyer_id) limit 1) as buyer_names,
  (select array[p.name, p.company, p.time_zone, p.working_hours] from haggle.people p where p.key = haggle.user_key(c.supplier_id) limit 1) as supplier_names,
  (select array[p.name, p.company, p.time_zone, p.working_hours] from haggle.people p where p.key = haggle.user_key(c.admin_id) limit 1) as admin_names,
  p.name as product_name,
  p.image as product_image,
  coalesce(c.last_message_folded, haggle.fold(c.last_message), '') as folded_preview,
  -- Also the own names of people who are shown by their company's.
  haggle.fold(concat_ws(
    E'\n',
    (
      select string_agg(concat_ws(E'\n', u.name, u.company), E'\n')
      from haggle.directory_users u
      where u.key in (haggle.user_key(c.buyer_id), haggle.user_key(c.supplier_id), haggle.user_key(c.admin_id))
    ),
    (
      select string_agg(s.name, E'\n')
      from haggle.directory_suppliers s
      where s.user_key in (haggle.user_key(c.buyer_id), haggle.user_key(c.supplier_id), haggle.user_key(c.admin_id))
    ),
    p.name
  )) as folded_names
from haggle.conversations c
left join haggle.directory_products p on p.key = haggle.product_key(c.product_id);

-- For a search of all conversations: every name is looked at once and not for each of them. By the
-- ids of people and products, which of the words their names hold.
create or replace function haggle.names_with(words text[]) returns jsonb
language sql stable strict parallel safe cost 100000
as $$
  select coalesce(jsonb_object_agg(id, found), '{}')
  from (
    select id, bit_or(haggle.words_in(haggle.fold(name), words)) as found
    from (
      select 'u' || id as id, concat_ws(E'\n', name, company) as name from haggle.directory_users
      union all
      select 'u' || user_id, name from haggle.directory_suppliers where user_id is not null
      union all
      select 'p' || id, name from haggle.directory_products
    ) names
    group by id
  ) found
  where found > 0
$$;

create or replace function haggle.is_found(
  buyer_id varchar, supplier_id varchar, admin_id varchar, product_id varchar, folded_preview text,
  names jsonb, words text[]
) returns boolean
language plpgsql stable parallel safe cost 1000
as $$
declare
  everything constant bigint := (1::bigint << cardinality(words)) - 1;
  found constant bigint :=
    coalesce((names ->> ('u' || buyer_id))::bigint, 0)
    | coalesce((names ->> ('u' || supplier_id))::bigint, 0)
    | coalesce((names ->> ('u' || admin_id))::bigint, 0)
    | coalesce((names ->> ('p' || product_id))::bigint, 0);
begin
  return found | haggle.words_in(folded_preview, words) = everything;
end
$$;
