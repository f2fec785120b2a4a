-- 1,000,000 messages between the first buyer and the first supplier. The answer is the id of the
-- fifty-first, behind which the first page lies.
insert into haggle.conversations (
  id, type, buyer_id, supplier_id, created_at,
  last_seq, rev, buyer_read_seq, supplier_read_seq, last_message, last_message_at
)
values (
  '20000000-0000-4000-8000-100000000000', 'buyer_supplier',
  'b0000000-0000-4000-8000-100000000000', 'a0000000-0000-4000-8000-100000000000', now() - interval '700 days',
  1000000, 1000001, 1000000, 1000000, :'text', now() - interval '1 minute'
);

insert into haggle.message_rows (
  id, conversation_id, seq, sender_id, receiver_id, sender_type, message, client_message_id, created_at
)
select
  overlay(md5('long-' || seq) placing lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' from 1 for 13)::uuid::varchar,
  '20000000-0000-4000-8000-100000000000',
  seq,
  (case when seq % 2 = 0 then 'b' else 'a' end) || '0000000-0000-4000-8000-100000000000',
  (case when seq % 2 = 0 then 'a' else 'b' end) || '0000000-0000-4000-8000-100000000000',
  case when seq % 2 = 0 then 'buyer' else 'supplier' end,
  :'text',
  'long-' || seq,
  at
from generate_series(1, 1000000) as seq
cross join lateral (select now() - (1000001 - seq) * interval '1 minute' as at) as of_it;

vacuum analyze haggle.message_rows, haggle.conversations;

select id from haggle.message_rows where conversation_id = '20000000-0000-4000-8000-100000000000' and seq = 51;
