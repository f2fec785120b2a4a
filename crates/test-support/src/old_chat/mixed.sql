-- A, and of the script of B what did not fail on it.
create table public.conversations (
  id varchar primary key default gen_random_uuid(),
  buyer_id varchar not null,
  last_message text,
  last_message_at timestamp,
  unread_count_buyer integer default 0,
  unread_count_admin integer default 0,
  created_at timestamp default now(),
  admin_id varchar references public.users (id),
  subject text,
  status text default 'active',
  updated_at timestamp default now()
);
create table public.messages (
  id varchar primary key default gen_random_uuid(),
  conversation_id varchar not null,
  sender_id varchar not null,
  receiver_id varchar not null,
  message text not null,
  attachments text[],
  is_read boolean default false,
  created_at timestamp default now(),
  sender_type text,
  content text,
  read_at timestamp
);
