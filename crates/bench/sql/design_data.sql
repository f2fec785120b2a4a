insert into conversations (id, buyer_id, supplier_id, product_id, last_message, last_message_at)
select
  'c0000000-0000-4000-8000-' || n,
  'b0000000-0000-4000-8000-' || n,
  'a0000000-0000-4000-8000-' || n,
  'e0000000-0000-4000-8000-' || (100000000000 + n % 200),
  :'text', now() - interval '1 minute'
from generate_series(100000000000, 100000000999) as n;

insert into messages (conversation_id, sender_id, receiver_id, sender_type, message, is_read, created_at)
select
  'c0000000-0000-4000-8000-' || n,
  (case when seq % 2 = 0 then 'b' else 'a' end) || '0000000-0000-4000-8000-' || n,
  (case when seq % 2 = 0 then 'a' else 'b' end) || '0000000-0000-4000-8000-' || n,
  case when seq % 2 = 0 then 'buyer' else 'supplier' end,
  :'text', true,
  now() - interval '1 minute' - (200 - seq) * interval '1 hour'
from generate_series(1, 200) as seq
cross join generate_series(100000000000, 100000000999) as n;

-- For bare commits.
create table notes (
  id bigint generated always as identity primary key,
  note text not null
);

vacuum analyze;
