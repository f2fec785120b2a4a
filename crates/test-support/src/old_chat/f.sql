create table public.buyers (
  id varchar primary key default gen_random_uuid(),
  user_id varchar not null references public.users (id)
);
create table public.supplier_profiles (
  id varchar primary key default gen_random_uuid(),
  user_id varchar not null references public.users (id),
  business_name text
);
create table public.conversations (
  id varchar primary key default gen_random_uuid(),
  type varchar not null default 'buyer_supplier',
  buyer_id varchar references public.buyers (id),
  supplier_id varchar references public.supplier_profiles (id),
  admin_id varchar references public.users (id),
  subject text,
  status varchar default 'active',
  last_message text,
  last_message_at timestamp,
  unread_count_buyer integer default 0,
  unread_count_supplier integer default 0,
  unread_count_admin integer default 0,
  created_at timestamp default now(),
  constraint old_places check (
    (type = 'buyer_supplier' and buyer_id is not null and supplier_id is not null)
    or (type = 'buyer_admin' and buyer_id is not null and admin_id is not null)
    or (type = 'supplier_admin' and supplier_id is not null and admin_id is not null)
  )
);
create table public.messages (
  id varchar primary key default gen_random_uuid(),
  conversation_id varchar not null references public.conversations (id),
  sender_id varchar not null references public.users (id),
  sender_type varchar(20) not null,
  message text not null,
  attachments text[],
  product_references varchar[],
  is_read boolean default false,
  created_at timestamp default now()
);
