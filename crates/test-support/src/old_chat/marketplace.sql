-- The people and the products of a marketplace that has an old chat.
create table public.users (
  id varchar primary key default gen_random_uuid(),
  name text,
  email text,
  role text not null,
  is_active boolean default true
);
create table public.suppliers (
  id varchar primary key default gen_random_uuid(),
  user_id varchar references public.users (id) on delete cascade,
  name text
);
create table public.products (
  id varchar primary key default gen_random_uuid(),
  name text,
  slug text,
  image text,
  supplier_id varchar
);
