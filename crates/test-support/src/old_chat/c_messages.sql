create table public.messages (
  id varchar primary key default gen_random_uuid(),
  conversation_id varchar not null,
  sender_id varchar not null,
  receiver_id varchar not null,
  message text not null,
  attachments text[],
  is_read boolean default false,
  created_at timestamp default now()
);
