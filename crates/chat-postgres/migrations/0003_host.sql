-- What Haggle knows about tables of the host that it cannot reference.

-- People, suppliers and products that the host's tables no longer have. What hangs on them goes when
-- they have been missing for a while, unless they are back.
create table haggle.missing (
  kind varchar not null,
  id varchar not null,
  since timestamptz not null,
  primary key (kind, id),
  constraint missing_kind check (kind in ('users', 'suppliers', 'products'))
);

-- Work that one server does for all: when it was done last.
create table haggle.chores (
  name varchar primary key,
  done_at timestamptz not null
);

insert into haggle.chores (name, done_at)
values ('orphans', '-infinity'), ('mirror', '-infinity');

-- Those whom the host's own column says are online, because Haggle wrote it.
create table haggle.mirrored (
  user_id varchar primary key
);
