create table public.conversations (
  id varchar primary key default gen_random_uuid(),
  buyer_id varchar not null references public.users (id),
  admin_id varchar not null references public.users (id),
  subject text,
  status text default 'active',
  last_message_at timestamp default now(),
  created_at timestamp default now(),
  updated_at timestamp default now()
);
create table public.messages (
  id varchar primary key default gen_random_uuid(),
  conversation_id varchar references public.conversations (id),
  sender_id varchar references public.users (id),
  sender_type text not null,
  content text,
  message_type text default 'text',
  attachments json,
  is_read boolean default false,
  read_at timestamp,
  created_at timestamp default now()
);
create index old_conversations_buyer on public.conversations (buyer_id);
create index old_conversations_admin on public.conversations (admin_id);
create index old_messages_conversation on public.messages (conversation_id);
