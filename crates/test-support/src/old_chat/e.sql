create table public.conversations (
  id varchar primary key default gen_random_uuid(),
  buyer_id varchar not null references public.users (id) on delete cascade,
  supplier_id varchar references public.users (id) on delete cascade,
  admin_id varchar references public.users (id) on delete set null,
  product_id varchar references public.products (id) on delete set null,
  type varchar not null default 'buyer_supplier',
  last_message text,
  last_message_at timestamp,
  unread_count_buyer integer default 0,
  unread_count_supplier integer default 0,
  unread_count_admin integer default 0,
  created_at timestamp default now()
);
create table public.messages (
  id varchar primary key default gen_random_uuid(),
  conversation_id varchar not null references public.conversations (id) on delete cascade,
  sender_id varchar not null references public.users (id) on delete cascade,
  receiver_id varchar references public.users (id) on delete set null,
  sender_type varchar default 'buyer',
  message text not null,
  attachments text[],
  is_read boolean default false,
  created_at timestamp default now()
);
create index old_messages_conversation on public.messages (conversation_id, created_at desc);
