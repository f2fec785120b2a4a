create table haggle.products (
  id varchar primary key,
  name text not null,
  image text not null default '',
  supplier_id varchar
);
create index products_supplier_id on haggle.products (supplier_id);
