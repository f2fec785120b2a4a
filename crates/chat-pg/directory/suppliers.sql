create table suppliers (
  id varchar primary key,
  user_id varchar not null constraint suppliers_user references :users (:users_id) on delete cascade,
  name text not null
);
create unique index suppliers_user_id on suppliers (user_id);
