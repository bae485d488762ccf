create extension if not exists pg_trgm;

-- Contacts: people. Identities: the ways in which they reach us.
create table contacts (
  id uuid primary key,
  name text,
  email text,
  phone text,
  external_id text unique,
  avatar_url text,
  language text,
  time_zone text,
  attributes jsonb not null default '{}',
  device jsonb,
  blocked_at timestamptz,
  merged_into uuid references contacts (id),
  version integer not null default 1,
  created_at timestamptz not null,
  last_seen_at timestamptz
);
create index contacts_recent on contacts (coalesce(last_seen_at, created_at) desc, id desc) where merged_into is null;
create index contacts_name on contacts using gin (name gin_trgm_ops);
create index contacts_email on contacts (lower(email)) where email is not null;
create index contacts_phone on contacts (phone) where phone is not null;

create table identities (
  id uuid primary key,
  contact_id uuid not null references contacts (id),
  inbox_id uuid not null references inboxes (id),
  address text not null,
  verified boolean not null default false,
  created_at timestamptz not null,
  unique (inbox_id, address)
);
create index identities_contact on identities (contact_id);

create table contact_trail (
  id uuid primary key,
  contact_id uuid not null references contacts (id) on delete cascade,
  kind text not null check (kind in ('page', 'event')),
  body jsonb not null,
  at timestamptz not null
);
create index contact_trail_recent on contact_trail (contact_id, at desc);

-- A conversation is a timeline (entries); the columns here are what its entries add up to.
create table conversations (
  id uuid primary key,
  number bigint generated always as identity unique,
  inbox_id uuid not null references inboxes (id),
  contact_id uuid not null references contacts (id),
  identity_id uuid not null references identities (id),
  -- Names the command that started it, so that a repeat finds it instead of starting a second one.
  start_key text not null,
  state text not null check (state in ('open', 'snoozed', 'closed')),
  assignee_id uuid references agents (id),
  team_id uuid references teams (id) on delete set null,
  tags text[] not null default '{}',
  language text,
  created_at timestamptz not null,
  last_seq integer not null default 0,
  last_public_seq integer not null default 0,
  last_activity_at timestamptz not null,
  last_message jsonb,
  waiting_since timestamptz,
  first_reply_at timestamptz,
  received_count integer not null default 0,
  sent_count integer not null default 0,
  snoozed_until timestamptz,
  closed_at timestamptz,
  close_reason text,
  silence_warned_at timestamptz,
  survey jsonb,
  -- Marks: how far each side has got, in public sequence numbers. They only grow.
  contact_delivered_seq integer not null default 0,
  contact_read_seq integer not null default 0,
  contact_read_count integer not null default 0,
  agent_read_seq integer not null default 0,
  unique (contact_id, start_key)
)
-- Each message updates its row: room on the page keeps these updates away from the indexes (HOT).
with (fillfactor = 70);
create index conversations_contact on conversations (contact_id, created_at desc);
-- Lists of open work stay small however long the history grows: their indexes leave closed conversations out.
create index conversations_assignee on conversations (assignee_id, state) where state <> 'closed';
create index conversations_open on conversations (inbox_id, state) where state <> 'closed';
create index conversations_team on conversations (team_id, state) where state <> 'closed' and team_id is not null;
create index conversations_snoozed on conversations (snoozed_until) where state = 'snoozed';
create index conversations_closed on conversations (inbox_id, closed_at desc, id desc) where state = 'closed';

create table entries (
  conversation_id uuid not null references conversations (id),
  seq integer not null,
  public_seq integer,
  -- Looked up only together with its conversation: an index on it would slow each append for nothing.
  id uuid not null,
  kind text not null,
  author_type text not null,
  author_id text,
  at timestamptz not null,
  client_key text not null,
  -- One command may append several entries; together they answer a repeat of the command.
  client_index smallint not null default 0,
  body jsonb not null,
  revision jsonb,
  -- Readers of the whole feed go by this: everything below the snapshot's xmin has committed or never will.
  transaction_id xid8 not null default pg_current_xact_id(),
  primary key (conversation_id, seq),
  unique (conversation_id, client_key, client_index)
);
create index entries_feed on entries (transaction_id);

create table agent_reads (
  agent_id uuid not null references agents (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  received_count integer not null,
  seq integer not null default 0,
  primary key (agent_id, conversation_id)
);

create table mentions (
  agent_id uuid not null references agents (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  seq integer not null,
  at timestamptz not null,
  primary key (agent_id, conversation_id)
);
create index mentions_recent on mentions (agent_id, at desc);

create table drafts (
  agent_id uuid not null references agents (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  body jsonb not null,
  updated_at timestamptz not null,
  primary key (agent_id, conversation_id)
);

create table visitor_sessions (
  id uuid primary key,
  token_hash bytea not null unique,
  contact_id uuid not null references contacts (id) on delete cascade,
  identity_id uuid not null references identities (id) on delete cascade,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  ended_at timestamptz,
  ended_reason text
);
create index visitor_sessions_contact on visitor_sessions (contact_id) where ended_at is null;

-- Readers of the entry feed and how far each has got.
create table feed_cursors (
  name text primary key,
  transaction_id xid8 not null,
  seen jsonb not null default '[]'
);
