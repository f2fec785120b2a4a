create table public.conversations (
  id text primary key default gen_random_uuid(),
  buyer_id text not null,
  supplier_id text,
  unread_count_admin text not null,
  admin_id text,
  type text not null default 'buyer_support',
  last_message text,
  last_message_at timestamp,
  unread_count_buyer integer default 0,
  unread_count_supplier integer default 0,
  product_id text,
  created_at timestamp default now()
);
create table public.messages (
  id text primary key default gen_random_uuid(),
  conversation_id text not null,
  sender_id text not null,
  receiver_id text not null,
  message text not null,
  attachments text[],
  is_read boolean default false,
  created_at timestamp default now(),
  sender_type text default 'buyer'
);
