-- The directory as the rest of the SQL knows it, whatever the host calls its
-- tables. A name with a colon in front is replaced by the host's table, or by the SQL
-- expressions of its columns; psql understands the same form.
drop view if exists haggle.named_conversations, haggle.people, haggle.directory_products, haggle.directory_suppliers, haggle.directory_users;

-- Nobody is without a name: a list that shows them must show something. A role that means
-- nothing here is null, and then the person is nobody here, but what they said keeps their name.
create view haggle.directory_users as
select
  u.id,
  coalesce(nullif(btrim(u.name), ''), 'User ' || right(u.id, 6)) as name,
  nullif(btrim(u.company), '') as company,
  u.email,
  (case u.role :roles end)::varchar as role,
  coalesce(u.is_active, true) as is_active
from (select :users_columns from :users) u
where u.id is not null;

create view haggle.directory_suppliers as
select s.id, s.user_id, case when btrim(s.name) <> '' then s.name else '' end as name
from (select :suppliers_columns from :suppliers) s
where s.id is not null;

create view haggle.directory_products as
select
  p.id,
  coalesce(nullif(btrim(p.name), ''), 'Product ' || right(p.id, 6)) as name,
  coalesce(p.image, '') as image,
  p.supplier_id
from (select :products_columns from :products) p
where p.id is not null;

-- People under the name that others see: the supplier's company where there is one.
create view haggle.people as
select
  u.id,
  coalesce(s.name, u.name) as name,
  case when s.name is null then nullif(u.company, u.name) end as company,
  u.role,
  u.is_active
from haggle.directory_users u
left join lateral (
  select s.name
  from haggle.directory_suppliers s
  where s.user_id = u.id and s.name <> ''
  order by s.id
  limit 1
) s on true;

-- Conversations with the names that a list shows.
create view haggle.named_conversations as
select
  c.*,
  (select array[p.name, p.company] from haggle.people p where p.id = c.buyer_id limit 1) as buyer_names,
  (select array[p.name, p.company] from haggle.people p where p.id = c.supplier_id limit 1) as supplier_names,
  (select array[p.name, p.company] from haggle.people p where p.id = c.admin_id limit 1) as admin_names,
  p.name as product_name,
  p.image as product_image,
  coalesce(c.last_message_folded, haggle.fold(c.last_message), '') as folded_preview,
  -- Also the own names of people who are shown by their company's.
  haggle.fold(concat_ws(
    E'\n',
    (
      select string_agg(concat_ws(E'\n', u.name, u.company), E'\n')
      from haggle.directory_users u
      where u.id in (c.buyer_id, c.supplier_id, c.admin_id)
    ),
    (
      select string_agg(s.name, E'\n')
      from haggle.directory_suppliers s
      where s.user_id in (c.buyer_id, c.supplier_id, c.admin_id)
    ),
    p.name
  )) as folded_names
from haggle.conversations c
left join haggle.directory_products p on p.id = c.product_id;

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
