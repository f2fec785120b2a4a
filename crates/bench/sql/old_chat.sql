-- An old chat of the shape C: messages without an index on their conversation.
create table users (id varchar primary key, name text, email text, role text, is_active boolean default true);
create table suppliers (id varchar primary key, user_id varchar, name text);
create table products (id varchar primary key, name text, image text, supplier_id varchar);
insert into users (id, name, role)
select 'b-' || n, 'Buyer ' || n, 'buyer' from generate_series(1, 2000) n
union all select 'a-' || n, 'Admin ' || n, 'admin' from generate_series(1, 20) n;
insert into products (id, name) select 'p-' || n, 'Product ' || n from generate_series(1, 1000) n;
create table conversations (
  id varchar primary key default gen_random_uuid(), buyer_id varchar not null,
  unread_count_admin varchar not null, last_message text, last_message_at timestamp,
  unread_count_buyer integer default 0, unread_count_supplier integer default 0, product_id varchar,
  created_at timestamp default now()
);
create table messages (
  id varchar primary key default gen_random_uuid(), conversation_id varchar not null,
  sender_id varchar not null, receiver_id varchar not null, message text not null, attachments text[],
  is_read boolean default false, created_at timestamp default now()
);
insert into conversations (id, buyer_id, unread_count_admin, product_id, created_at)
select 'c-' || n, 'b-' || 1 + n % 2000, 'a-' || 1 + n % 20, 'p-' || 1 + n / 2000 % 1000,
  timestamp '2025-01-01' + n * interval '1 second'
from generate_series(0, :conversations - 1) n;
insert into messages (conversation_id, sender_id, receiver_id, message, is_read, created_at)
select
  c.id, case when n % 3 = 0 then c.unread_count_admin else c.buyer_id end,
  case when n % 3 = 0 then c.buyer_id else c.unread_count_admin end,
  :'text' || n, n % 7 <> 0, timestamp '2025-02-01' + n * interval '1 second'
from generate_series(0, :messages - 1) n
join conversations c on c.id = 'c-' || (n::bigint * 7919) % :conversations;
create table stop (now boolean);
create table longest (seconds float8);
vacuum analyze;
