-- The directory as the rest of the SQL knows it, whatever the host calls its
-- tables. A name with a colon in front is replaced by the host's, quoted; psql
-- understands the same form.
drop view if exists haggle_cards, haggle_people, haggle_products, haggle_suppliers, haggle_users;

create view haggle_users as
select
  (:users_id)::varchar as id,
  coalesce((:users_name)::text, '') as name,
  (:users_role)::varchar as role,
  coalesce((:users_is_active)::boolean, true) as is_active
from :users;

create view haggle_suppliers as
select
  (:suppliers_id)::varchar as id,
  (:suppliers_user_id)::varchar as user_id,
  coalesce((:suppliers_name)::text, '') as name
from :suppliers;

create view haggle_products as
select
  (:products_id)::varchar as id,
  coalesce((:products_name)::text, '') as name,
  coalesce((:products_image)::text, '') as image,
  (:products_supplier_id)::varchar as supplier_id
from :products;

-- People under the name that others see: the supplier's company where there is one.
create view haggle_people as
select
  u.id,
  coalesce(
    (select s.name from haggle_suppliers s where s.user_id = u.id and s.name <> '' order by s.id limit 1),
    u.name
  ) as name,
  u.role,
  u.is_active
from haggle_users u;

-- Conversations with the names that a list shows.
create view haggle_cards as
select
  c.*,
  (select p.name from haggle_people p where p.id = c.buyer_id) as buyer_name,
  (select p.name from haggle_people p where p.id = c.supplier_id) as supplier_name,
  (select p.name from haggle_people p where p.id = c.admin_id) as admin_name,
  p.name as product_name,
  p.image as product_image
from conversations c
left join haggle_products p on p.id = c.product_id;
