-- A buyer who has written with all 1,000 suppliers, and what was said there: ordinary sentences with numbers of
-- orders and parts. Every word of a sentence is rare or common as it is in such a chat.
insert into haggle.users (id, name, email, role)
values ('30000000-0000-4000-8000-100000000000', 'Buyer of everything', 'buyer@example.com', 'buyer');

insert into haggle.conversations (
  id, type, buyer_id, supplier_id, created_at,
  last_seq, rev, buyer_read_seq, supplier_read_seq, last_message, last_message_at
)
select
  '30000000-0000-4000-8000-' || n, 'buyer_supplier',
  '30000000-0000-4000-8000-100000000000', 'a0000000-0000-4000-8000-' || n, now() - interval '700 days',
  :messages / 1000, :messages / 1000 + 1, :messages / 1000, :messages / 1000, :'text',
  now() - (n - 100000000000) * interval '1 minute'
from generate_series(100000000000, 100000000999) as n;

insert into haggle.message_rows (
  id, conversation_id, seq, sender_id, receiver_id, sender_type, message, created_at
)
select
  md5('search-' || n || '-' || seq)::uuid::varchar,
  '30000000-0000-4000-8000-' || n,
  seq,
  case when seq % 2 = 0 then '30000000-0000-4000-8000-100000000000' else 'a0000000-0000-4000-8000-' || n end,
  case when seq % 2 = 0 then 'a0000000-0000-4000-8000-' || n else '30000000-0000-4000-8000-100000000000' end,
  case when seq % 2 = 0 then 'buyer' else 'supplier' end,
  format(
    'Order PO-%s: %s pieces of part M%sx%s in %s, lead time %s days after deposit, %s',
    place, 100 + place * 37 % 900, 4 + place % 20, 10 + place * 7 % 90,
    (array['steel', 'brass', 'copper', 'nylon', 'titanium'])[1 + place % 5],
    5 + place % 60, md5((place % 5000)::text)
  ),
  now() - (:messages / 1000 - seq) * interval '700 days' / (:messages / 1000) - (n - 100000000000) * interval '1 minute'
from generate_series(1, :messages / 1000) as seq
cross join generate_series(100000000000, 100000000999) as n
cross join lateral (select (n - 100000000000) * (:messages / 1000) + seq as place) as of_it;

vacuum analyze haggle.message_rows, haggle.conversations;
