-- A buyer who has written to all 1,000 suppliers, three messages each, two of them unread.
insert into haggle.users (id, name, email, role)
values ('30000000-0000-4000-8000-100000000000', 'Buyer of everything', 'buyer@example.com', 'buyer');

insert into haggle.conversations (
  id, type, buyer_id, supplier_id, product_id, product_key, created_at,
  last_seq, rev, buyer_read_seq, supplier_read_seq, last_message, last_message_at
)
select
  '30000000-0000-4000-8000-' || n, 'buyer_supplier',
  '30000000-0000-4000-8000-100000000000', 'a0000000-0000-4000-8000-' || n,
  'e0000000-0000-4000-8000-' || product, 'e0000000-0000-4000-8000-' || product, now() - interval '30 days',
  3, 4, 1, 3, :'text', now() - (n - 100000000000) * interval '20 minutes'
from generate_series(100000000000, 100000000999) as n
cross join lateral (select 100000000000 + n % 200 as product) as of_it;

insert into haggle.message_rows (
  id, conversation_id, seq, sender_id, receiver_id, sender_type, message, created_at
)
select
  md5('many-' || n || '-' || seq)::uuid::varchar,
  '30000000-0000-4000-8000-' || n,
  seq,
  case when seq = 1 then '30000000-0000-4000-8000-100000000000' else 'a0000000-0000-4000-8000-' || n end,
  case when seq = 1 then 'a0000000-0000-4000-8000-' || n else '30000000-0000-4000-8000-100000000000' end,
  case when seq = 1 then 'buyer' else 'supplier' end,
  :'text',
  now() - (n - 100000000000) * interval '20 minutes'
from generate_series(1, 3) as seq
cross join generate_series(100000000000, 100000000999) as n;

vacuum analyze haggle.message_rows, haggle.conversations;
