-- The tables of a marketplace, and conversations and messages as the customer's design has them:
-- its columns, defaults, references and indexes.
create table users (
  id varchar primary key,
  name text not null,
  email text not null,
  role varchar not null,
  is_active boolean not null default true
);
create table suppliers (
  id varchar primary key,
  user_id varchar not null references users (id) on delete cascade,
  name text not null
);
create table products (
  id varchar primary key,
  name text not null,
  image text not null,
  supplier_id varchar references suppliers (id) on delete set null
);

create table conversations (
  id varchar primary key default gen_random_uuid(),
  buyer_id varchar not null references users (id) on delete cascade,
  supplier_id varchar references users (id) on delete cascade,
  admin_id varchar references users (id) on delete set null,
  product_id varchar references products (id) on delete set null,
  type varchar not null default 'buyer_supplier',
  last_message text,
  last_message_at timestamp,
  unread_count_buyer integer default 0,
  unread_count_supplier integer default 0,
  unread_count_admin integer default 0,
  created_at timestamp default now()
);
create index idx_conversations_buyer on conversations (buyer_id);
create index idx_conversations_supplier on conversations (supplier_id);
create index idx_conversations_admin on conversations (admin_id);
create index idx_conversations_product on conversations (product_id);
create index idx_conversations_last_message on conversations (last_message_at desc);

create table messages (
  id varchar primary key default gen_random_uuid(),
  conversation_id varchar not null references conversations (id) on delete cascade,
  sender_id varchar not null references users (id) on delete cascade,
  receiver_id varchar references users (id) on delete set null,
  sender_type varchar default 'buyer',
  message text not null,
  attachments text[],
  is_read boolean default false,
  created_at timestamp default now()
);
create index idx_messages_conversation on messages (conversation_id, created_at desc);
create index idx_messages_sender on messages (sender_id);
create index idx_messages_receiver on messages (receiver_id);
create index idx_messages_unread on messages (receiver_id, is_read) where is_read = false;
