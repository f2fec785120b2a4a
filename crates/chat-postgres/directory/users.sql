-- The directory's users where the host has no such table.
create table haggle.users (
  id varchar primary key,
  name text not null,
  company text,
  email text not null default '',
  role varchar not null constraint users_role check (role in ('buyer', 'supplier', 'admin')),
  is_active boolean not null default true,
  time_zone text
);
