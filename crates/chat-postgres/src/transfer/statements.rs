//! The statements of a plan, over what was put aside.

/// An id that is made of other values, the same at every run.
macro_rules! made_of {
    ($values:literal) => {
        concat!(
            "encode(substring(sha256(convert_to(",
            $values,
            ", 'UTF8')) for 16), 'hex')::uuid::varchar"
        )
    };
}

/// Ids that no address can hold.
pub(super) const BAD_ID: &str = "(octet_length(id) > 128 or id = '' or id ~ '[[:cntrl:]]')";

pub(super) const INDEXES: &str = "
create index on pg_temp.import_conversations (id);
create index on pg_temp.import_messages (conversation, place);
create index on pg_temp.import_messages (id);
create index on pg_temp.import_files (id);
analyze pg_temp.import_conversations, pg_temp.import_messages, pg_temp.import_files";

pub(super) const ZONES: &str = "
update pg_temp.import_conversations set created_at = local_at at time zone $1 where local_at is not null";
pub(super) const MESSAGE_ZONES: &str =
    "update pg_temp.import_messages set at = local_at at time zone $1 where local_at is not null";

/// A conversation's id that cannot be used is another one in its messages too.
pub(super) const CONVERSATION_IDS: [&str; 2] = [
    concat!(
        "update pg_temp.import_conversations set id = ",
        made_of!("id"),
        " where octet_length(id) > 128 or id = '' or id ~ '[[:cntrl:]]'"
    ),
    concat!(
        "update pg_temp.import_messages set conversation = ",
        made_of!("conversation"),
        " where octet_length(conversation) > 128 or conversation ~ '[[:cntrl:]]'"
    ),
];

/// Conversations that are here already, and of which the file has messages alone.
pub(super) const ALREADY_THERE: &str = "
insert into pg_temp.import_conversations (
  place, file, line, id, people, has_purpose, is_there, buyer_id, supplier_id, admin_id, product_id, type,
  product_key, admin_key, created_at, target
)
select
  -row_number() over (order by c.id), '', 0, c.id, '[]', true, true, c.buyer_id, c.supplier_id, c.admin_id,
  c.product_id, c.type, c.product_key, c.admin_key, c.created_at, c.id
from haggle.conversations c
where c.id in (
  select m.conversation from pg_temp.import_messages m
  except
  select i.id from pg_temp.import_conversations i
)";

/// The time of the neighbour before it in the file, else of the conversation.
pub(super) const TIMES: &str = "
create index import_timed on pg_temp.import_messages (conversation, place) where at is not null;
update pg_temp.import_messages m
set at = coalesce(
  (
    select earlier.at
    from pg_temp.import_messages earlier
    where earlier.conversation = m.conversation and earlier.place < m.place and earlier.at is not null
    order by earlier.place desc
    limit 1
  ),
  (
    select c.created_at
    from pg_temp.import_conversations c
    where c.id = m.conversation and c.created_at is not null
    order by c.place
    limit 1
  )
)
where m.at is null";

pub(super) const LATE_TIMES: &str = "
update pg_temp.import_messages m
set at = coalesce(
  (select min(c.created_at) from pg_temp.import_conversations c where c.id = m.conversation),
  $1
)
where m.at is null";

/// An id that several messages have is the first one's. What is the same in all is there twice.
pub(super) const DOUBLES: &str = "
update pg_temp.import_messages m
set is_double = true
from (
  select place, row_number() over (partition by id, conversation, sender, message order by place) as number
  from pg_temp.import_messages
  where id in (select id from pg_temp.import_messages where id is not null group by id having count(*) > 1)
) d
where d.place = m.place and d.number > 1";

pub(super) const SHARED_IDS: &str = "
select m.place, m.file, m.line, m.id
from pg_temp.import_messages m
where not m.is_double
  and exists (
    select
    from pg_temp.import_messages earlier
    where earlier.id = m.id and earlier.place < m.place and not earlier.is_double
  )
order by m.place";

pub(super) const MADE_IDS: &str = concat!(
    "update pg_temp.import_messages m set id = ",
    made_of!("concat_ws(E'\\x1f', m.conversation, m.at, m.sender, m.message, d.number)"),
    " from (
      select place, row_number() over (partition by conversation, at, sender, message order by place) as number
      from pg_temp.import_messages
      where id is null
    ) d
    where d.place = m.place"
);

pub(super) const TARGETS: &str = "
update pg_temp.import_conversations i
set target = found.target
from (
  select
    c.place,
    coalesce(
      own.id,
      same.id,
      first_value(c.id) over (
        partition by
          c.buyer_id, c.supplier_id, c.product_key, c.type, c.admin_key, own.id is null and same.id is null
        order by c.created_at, c.place
      )
    ) as target
  from pg_temp.import_conversations c
  left join haggle.conversations own on own.id = c.id
  left join haggle.conversations same
    on same.buyer_id = c.buyer_id
    and same.type = c.type
    and same.supplier_id is not distinct from c.supplier_id
    and same.product_key is not distinct from c.product_key
    and same.admin_key is not distinct from c.admin_key
  where c.buyer_id is not null and not c.is_there
) found
where found.place = i.place;
create temp table import_targets as
select
  row_number() over (order by min(c.place)) as place,
  c.target as id,
  coalesce(sum((select count(*) from pg_temp.import_messages m where m.conversation = c.id)), 0)::bigint as messages
from pg_temp.import_conversations c
where c.target is not null
group by c.target;
alter table pg_temp.import_targets add primary key (place);
create index on pg_temp.import_conversations (target);
analyze pg_temp.import_conversations, pg_temp.import_messages, pg_temp.import_targets";

pub(super) const FACTS: &str = "
select
  c.place, c.file, c.line, c.id, c.buyer, c.supplier, c.admin, c.product, c.kind, c.has_purpose,
  c.product_key, c.admin_key, c.created_at,
  case
    when c.created_at is null
    then (select min(m.at) from pg_temp.import_messages m where m.conversation = c.id)
  end as first_message_at,
  buyer.id as buyer_found, buyer.role as buyer_role,
  -- A user of that id who sells comes before a supplier of that id, and this one before any other user.
  case when supplier.role = 'supplier' or owner.id is null then supplier.id else owner.id end as supplier_found,
  case when supplier.role = 'supplier' or owner.id is null then supplier.role else owner.role end as supplier_role,
  admin.id as admin_found, admin.role as admin_role,
  product.id as product_found,
  coalesce(found.people, '{}') as people, coalesce(found.roles, '{}') as roles,
  coalesce(found.strangers, 0) as strangers,
  exists (
    select from pg_temp.import_conversations earlier where earlier.id = c.id and earlier.place < c.place
  ) as is_double
from pg_temp.import_conversations c
left join pg_temp.import_people buyer on buyer.id = c.buyer
left join pg_temp.import_suppliers company on company.id = c.supplier
left join pg_temp.import_people owner on owner.id = company.user_id
left join pg_temp.import_people supplier on supplier.id = c.supplier
left join pg_temp.import_people admin on admin.id = c.admin
left join pg_temp.import_products product on product.id = c.product
left join lateral (
  select
    array_agg(p.id::text order by named.number) filter (where p.id is not null) as people,
    array_agg(coalesce(p.role, '')::text order by named.number) filter (where p.id is not null) as roles,
    count(*) filter (where p.id is null) as strangers
  from jsonb_array_elements_text(c.people) with ordinality as named (id, number)
  left join pg_temp.import_people p on p.id = named.id
) found on c.people <> '[]'
where c.place > $1 and not c.is_there
order by c.place
limit $2";
