-- A file that was made from another one, because a channel takes no other type or size. Made once for each wish: its id says which.
alter table attachments add column derived_from uuid;
create index attachments_derived on attachments (derived_from) where derived_from is not null;

-- The customer writes from another address now, which was known already: what is said here goes there.
alter table identities add column moved_to uuid references identities (id) on delete set null;
create index identities_moved_to on identities (moved_to) where moved_to is not null;

-- Up to which message of the customer the provider was told that it has been read.
create table outward_reads (
  conversation_id uuid primary key references conversations (id) on delete cascade,
  public_seq integer not null
);

-- Messages whose words the provider has approved, as it listed them last.
create table message_templates (
  id uuid primary key,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  name text not null,
  language text not null,
  category text not null,
  state text not null check (state in ('approved', 'pending', 'rejected', 'paused', 'disabled')),
  reason text,
  -- With {{1}} or {{name}} for what is filled in.
  text text not null,
  parameters jsonb not null default '[]',
  -- [{part, text}]
  components jsonb not null default '[]',
  changed_at timestamptz not null,
  unique (inbox_id, name, language)
);
create table template_lists (
  inbox_id uuid primary key references inboxes (id) on delete cascade,
  refreshed_at timestamptz,
  problem jsonb
);

-- An edit or a recall of a message that left the server, on its way to where the message is.
create table delivery_changes (
  entry_id uuid primary key,
  conversation_id uuid not null references conversations (id) on delete cascade,
  seq integer not null,
  -- The message; it may have been written in another round of the same conversation, never in another conversation.
  target_id uuid not null references deliveries (entry_id) on delete cascade,
  kind text not null check (kind in ('edit', 'recall')),
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  problem jsonb,
  created_at timestamptz not null
);
create index delivery_changes_waiting on delivery_changes (conversation_id, seq) where state = 'waiting';
