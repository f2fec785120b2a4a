create table public.conversations (
  id varchar primary key default gen_random_uuid(),
  buyer_id varchar not null,
  last_message text,
  last_message_at timestamp,
  unread_count_buyer integer default 0,
  unread_count_admin integer default 0,
  created_at timestamp default now()
);
