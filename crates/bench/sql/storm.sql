-- Pairs of a buyer and a supplier, one conversation of 20 messages each, all read. `people` is even.
insert into haggle.users (id, name, email, role)
select
  '10000000-0000-4000-8000-' || n, 'Person ' || n, 'person@example.com',
  case when n % 2 = 0 then 'buyer' else 'supplier' end
from generate_series(100000000000, 100000000000 + :people - 1) as n;

insert into haggle.conversations (
  id, type, buyer_id, supplier_id, created_at,
  last_seq, rev, buyer_read_seq, supplier_read_seq, last_message, last_message_at
)
select
  '40000000-0000-4000-8000-' || n, 'buyer_supplier',
  '10000000-0000-4000-8000-' || n, '10000000-0000-4000-8000-' || n + 1, now() - interval '30 days',
  20, 21, 20, 20, :'text', now() - interval '1 minute'
from generate_series(100000000000, 100000000000 + :people - 1, 2) as n;

insert into haggle.message_rows (
  id, conversation_id, seq, sender_id, receiver_id, sender_type, message, created_at
)
select
  overlay(md5('storm-' || n || '-' || seq) placing lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' from 1 for 13)::uuid::varchar,
  '40000000-0000-4000-8000-' || n,
  seq,
  '10000000-0000-4000-8000-' || n + seq % 2,
  '10000000-0000-4000-8000-' || n + 1 - seq % 2,
  case when seq % 2 = 0 then 'buyer' else 'supplier' end,
  :'text',
  at
from generate_series(1, 20) as seq
cross join generate_series(100000000000, 100000000000 + :people - 1, 2) as n
cross join lateral (select now() - interval '1 minute' - (20 - seq) * interval '1 hour' as at) as of_it;

vacuum analyze;
