create table haggle.suppliers (
  id varchar primary key,
  user_id varchar not null,
  name text not null,
  working_hours text
);
create unique index suppliers_user_id on haggle.suppliers (user_id);
