create table products (
  id varchar primary key,
  name text not null,
  image text not null default '',
  supplier_id varchar constraint products_supplier references :suppliers (:suppliers_id) on delete set null
);
create index products_supplier_id on products (supplier_id);
