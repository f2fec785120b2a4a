-- Offers: terms that one side names and the other answers, once. Each is a message, whose row has kind
-- 'offer' and its id.

create table haggle.offers (
  id varchar primary key,
  conversation_id varchar not null references haggle.conversations (id) on delete cascade,
  message_id varchar not null references haggle.message_rows (id) on delete cascade,
  -- Of its message: the order of the offers of a conversation.
  seq bigint not null,
  -- The first of those that answer each other.
  chain_id varchar not null,
  rev bigint not null default 1,
  by_id varchar not null,
  role varchar not null,
  state varchar not null default 'open',
  terms jsonb not null,
  -- Decimal text with the digits of the currency.
  net varchar not null,
  currency varchar not null,
  valid_until timestamptz not null,
  created_at timestamptz not null,
  answered_at timestamptz,
  answered_by varchar,
  -- The message that tells of the answer.
  answer_id varchar,
  supersedes varchar,
  superseded_by varchar,
  request_id varchar,
  constraint offers_role check (role in ('buyer', 'supplier')),
  constraint offers_state check (
    state in ('open', 'accepted', 'declined', 'withdrawn', 'expired', 'countered')
  )
);

-- The rules that nothing may break.
create unique index offers_open on haggle.offers (conversation_id) where state = 'open';
create unique index offers_accepted on haggle.offers (chain_id) where state = 'accepted';

create unique index offers_message on haggle.offers (message_id);
create index offers_conversation on haggle.offers (conversation_id);
create index offers_chain on haggle.offers (chain_id, seq);
create index offers_overdue on haggle.offers (valid_until) where state = 'open';
create index offers_request on haggle.offers (request_id, conversation_id, seq desc) where request_id is not null;

-- Requests for quotation. They go with their buyer.
create table haggle.requests (
  id varchar primary key,
  buyer_id varchar not null references haggle.participants (user_id) on delete cascade,
  -- Whom it is for, also those who were not asked yet.
  supplier_ids varchar[] not null,
  terms jsonb not null,
  -- What its messages say.
  words varchar not null,
  client_message_id varchar,
  created_at timestamptz not null,
  closed_at timestamptz,
  accepted_offer_id varchar
);
create unique index requests_buyer on haggle.requests (buyer_id, client_message_id);

-- Whom a request was put to, and by which message.
create table haggle.request_answers (
  request_id varchar not null references haggle.requests (id) on delete cascade,
  conversation_id varchar not null references haggle.conversations (id) on delete cascade,
  supplier_id varchar not null,
  message_id varchar not null,
  -- The message that says that the request is closed.
  told_id varchar,
  primary key (request_id, conversation_id)
);
create unique index request_answers_message on haggle.request_answers (message_id);
create index request_answers_conversation on haggle.request_answers (conversation_id, message_id desc);

-- What a list shows of the newest offer, and whether any was accepted. Written with the offer, never by a send.
alter table haggle.conversations
  add column offer_id varchar,
  add column offer_state varchar,
  add column offer_role varchar,
  add column has_deal boolean;

-- Since when somebody in this place of a conversation is waited for; null: nobody waits, or they may not write. A
-- text waits until somebody of their side says something or answers an offer, and what can be answered by them
-- until it is: an open offer, a request that is not closed, not over and has no offer that is still good. Whatever
-- was taken back waits for nobody. A set, so that the planner sees through it.
create function haggle.asked(
  conversation varchar,
  place varchar,
  offer_state varchar,
  offer_role varchar,
  is_barred boolean
)
returns table (at timestamptz)
language sql stable as $$
  select case when not $5 then least(
    (
      select m.created_at
      from haggle.message_rows m
      where m.conversation_id = $1
        and m.kind is null
        and m.deleted_at is null
        and (m.sender_type = 'buyer') <> ($2 = 'buyer')
        and m.seq > coalesce(
          (
            select word.seq
            from haggle.message_rows word
            where word.conversation_id = $1
              and (word.sender_type = 'buyer') = ($2 = 'buyer')
              and (
                word.kind is distinct from 'system'
                -- Not what an administrator ended.
                or word.sender_type <> 'admin' and word.system_event in (
                  'offer_accepted', 'offer_declined', 'offer_withdrawn', 'request_closed'
                )
              )
            order by word.seq desc
            limit 1
          ),
          0
        )
      order by m.seq
      limit 1
    ),
    case
      when $3 = 'open' and $4 <> $2 and $2 <> 'admin' then (
        select o.created_at
        from haggle.offers o
        where o.conversation_id = $1 and o.state = 'open'
      )
    end,
    case
      when $2 = 'supplier' then (
        select min(asked.created_at)
        from haggle.request_answers a
        join haggle.requests r on r.id = a.request_id
        join haggle.message_rows asked on asked.id = a.message_id
        where a.conversation_id = $1
          and r.closed_at is null
          and asked.deleted_at is null
          and coalesce((r.terms ->> 'validUntil')::timestamptz > statement_timestamp(), true)
          and coalesce(
            (
              select o.state in ('withdrawn', 'expired')
              from haggle.offers o
              where o.request_id = a.request_id and o.conversation_id = $1
              order by o.state = 'accepted' desc, o.seq desc
              limit 1
            ),
            true
          )
      )
    end
  ) end
$$;
