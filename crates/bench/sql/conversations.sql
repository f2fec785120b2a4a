-- 1,000 conversations of 200 messages each, all read, the last a minute ago.
insert into haggle.conversations (
  id, type, buyer_id, supplier_id, product_id, product_key, created_at,
  last_seq, rev, buyer_read_seq, supplier_read_seq, last_message, last_message_at
)
select
  'c0000000-0000-4000-8000-' || n, 'buyer_supplier',
  'b0000000-0000-4000-8000-' || n, 'a0000000-0000-4000-8000-' || n,
  'e0000000-0000-4000-8000-' || product, 'e0000000-0000-4000-8000-' || product, now() - interval '30 days',
  200, 201, 200, 200, :'text', now() - interval '1 minute'
from generate_series(100000000000, 100000000999) as n
cross join lateral (select 100000000000 + n % 200 as product) as of_it;

-- Their ids grow with time, as those that the server makes.
insert into haggle.message_rows (
  id, conversation_id, seq, sender_id, receiver_id, sender_type, message, client_message_id, created_at
)
select
  overlay(md5(n || '-' || seq) placing lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' from 1 for 13)::uuid::varchar,
  'c0000000-0000-4000-8000-' || n,
  seq,
  (case when seq % 2 = 0 then 'b' else 'a' end) || '0000000-0000-4000-8000-' || n,
  (case when seq % 2 = 0 then 'a' else 'b' end) || '0000000-0000-4000-8000-' || n,
  case when seq % 2 = 0 then 'buyer' else 'supplier' end,
  :'text',
  'old-' || seq,
  at
from generate_series(1, 200) as seq
cross join generate_series(100000000000, 100000000999) as n
cross join lateral (select now() - interval '1 minute' - (200 - seq) * interval '1 hour' as at) as of_it;

vacuum analyze;
