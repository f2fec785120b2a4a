-- The directory as the rest of the SQL knows it, whatever the host calls its
-- tables. A name with a colon in front is replaced by the host's, quoted; psql
-- understands the same form.
drop view if exists haggle.named_conversations, haggle.people, haggle.directory_products, haggle.directory_suppliers, haggle.directory_users;

create view haggle.directory_users as
select
  (:users_id)::varchar as id,
  coalesce((:users_name)::text, '') as name,
  (:users_role)::varchar as role,
  coalesce((:users_is_active)::boolean, true) as is_active
from :users;

create view haggle.directory_suppliers as
select
  (:suppliers_id)::varchar as id,
  (:suppliers_user_id)::varchar as user_id,
  coalesce((:suppliers_name)::text, '') as name
from :suppliers;

create view haggle.directory_products as
select
  (:products_id)::varchar as id,
  coalesce((:products_name)::text, '') as name,
  coalesce((:products_image)::text, '') as image,
  (:products_supplier_id)::varchar as supplier_id
from :products;

-- People under the name that others see: the supplier's company where there is one.
create view haggle.people as
select
  u.id,
  coalesce(
    (select s.name from haggle.directory_suppliers s where s.user_id = u.id and s.name <> '' order by s.id limit 1),
    u.name
  ) as name,
  u.role,
  u.is_active
from haggle.directory_users u;

-- Conversations with the names that a list shows.
create view haggle.named_conversations as
select
  c.*,
  (select p.name from haggle.people p where p.id = c.buyer_id) as buyer_name,
  (select p.name from haggle.people p where p.id = c.supplier_id) as supplier_name,
  (select p.name from haggle.people p where p.id = c.admin_id) as admin_name,
  p.name as product_name,
  p.image as product_image
from haggle.conversations c
left join haggle.directory_products p on p.id = c.product_id;
