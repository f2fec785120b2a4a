-- Files by their conversation; files that wait for the scanner; uploads that come in several requests.

-- Whether the bytes may be opened: open; held until the scanner has looked; infected, and then
-- there are no bytes any more.
alter table haggle.attachments
  add column state varchar not null default 'open',
  -- When the scanner looks at it, at the earliest.
  add column scan_after timestamptz,
  add constraint attachments_state check (state in ('open', 'held', 'infected')),
  add constraint attachments_held check ((state = 'held') = (scan_after is not null));

create index attachments_held
  on haggle.attachments (scan_after)
  where scan_after is not null;

-- The few messages with files, so that a page of files costs what it shows. A plain send has no
-- entry here.
create index message_rows_with_files
  on haggle.message_rows (conversation_id, seq)
  where attachments <> '{}';

create table haggle.partial_uploads (
  id varchar primary key,
  owner_id varchar not null,
  -- As it was given.
  name text not null,
  size bigint not null,
  received bigint not null,
  -- Names of their bytes in the object store, one behind the other.
  pieces text[] not null,
  -- What it has become.
  attachment_id varchar,
  given_up boolean not null default false,
  created_at timestamptz not null,
  constraint partial_uploads_size check (size > 0 and received between 0 and size),
  constraint partial_uploads_whole check (attachment_id is null or received = size)
);

create index partial_uploads_owner on haggle.partial_uploads (owner_id);
