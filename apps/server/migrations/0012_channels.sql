-- What an inbox of a channel needs at its provider. Configurations are encrypted as a whole (platform/crypto.ts).
create table channel_accounts (
  inbox_id uuid primary key references inboxes (id) on delete cascade,
  -- Null until the form was filled in; the callback address is there before, because providers ask for it.
  config text,
  -- Still accepted from the provider until then, so that secrets change over without a loss.
  previous_config text,
  previous_until timestamptz,
  -- Unguessable name in the address that the provider calls.
  callback_key text not null unique,
  -- Where fetching goes on, for channels that are asked.
  pull_state jsonb,
  last_received_at timestamptz,
  last_sent_at timestamptz,
  last_problem jsonb,
  last_problem_at timestamptz,
  refused_count bigint not null default 0,
  last_refused_at timestamptz,
  last_refusal text,
  version integer not null default 1,
  changed_at timestamptz,
  changed_by uuid references agents (id) on delete set null
);

-- What providers told us, before anything was made of it. Repeats find their row.
create table channel_events (
  id bigint generated always as identity primary key,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  event_id text not null,
  order_key text not null,
  position double precision not null,
  data jsonb not null,
  received_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'unknown')),
  attempts smallint not null default 0,
  retry_at timestamptz,
  -- Why it failed, or what was not understood.
  reason text,
  unique (inbox_id, event_id)
);
create index channel_events_waiting on channel_events (inbox_id, order_key, position, id) where state = 'waiting';
create index channel_events_dead on channel_events (inbox_id, received_at desc, id desc) where state in ('failed', 'unknown');
create index channel_events_done on channel_events (received_at) where state = 'done';

-- In a group or under a public post the address names person and place; these are its two halves.
alter table identities
  add column peer_address text,
  add column thread_key text;
create index identities_peer on identities (inbox_id, peer_address) where peer_address is not null;

-- Other addresses that a provider named. Facts, no proofs: nobody is merged by them.
create table identity_aliases (
  identity_id uuid not null references identities (id) on delete cascade,
  kind text not null,
  value text not null,
  seen_at timestamptz not null,
  primary key (identity_id, kind, value)
);

-- Which entry a provider's message is. Providers number messages within a chat, so the chat is part of the name.
create table channel_messages (
  identity_id uuid not null references identities (id) on delete cascade,
  message_id text not null,
  conversation_id uuid not null references conversations (id) on delete cascade,
  entry_id uuid not null,
  public_seq integer not null,
  ours boolean not null,
  primary key (identity_id, message_id)
);
create index channel_messages_entry on channel_messages (entry_id);

-- A message on its way out; a row before it is a request.
create table deliveries (
  entry_id uuid primary key,
  conversation_id uuid not null references conversations (id) on delete cascade,
  seq integer not null,
  public_seq integer not null,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  identity_id uuid not null references identities (id) on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'unknown', 'dismissed')),
  -- Which allowance its parts were made for; null until they are.
  allowance text check (allowance in ('open', 'human-agent', 'template')),
  attempts integer not null default 0,
  -- Grows when an agent sends it again, so that each round has entries of its own.
  round integer not null default 1,
  next_attempt_at timestamptz,
  problem jsonb,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index deliveries_waiting on deliveries (conversation_id, seq) where state = 'waiting';
create index deliveries_waiting_inbox on deliveries (inbox_id) where state = 'waiting';
create index deliveries_identity on deliveries (identity_id, created_at desc);
create index deliveries_dead on deliveries (inbox_id, changed_at desc, entry_id desc) where state in ('failed', 'unknown');

create table delivery_parts (
  entry_id uuid not null references deliveries (entry_id) on delete cascade,
  number smallint not null,
  request jsonb not null,
  attachment_ids uuid[] not null default '{}',
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'accepted', 'failed', 'unknown')),
  attempts integer not null default 0,
  -- Taken from the customer's grants, to be given back if it was not used.
  spent jsonb not null default '[]',
  -- When the request went out, then when it was answered.
  sent_at timestamptz,
  message_id text,
  problem jsonb,
  primary key (entry_id, number)
);

-- What each customer's acts allow us to send (packages/channels/src/policy.ts).
create table reply_ledgers (
  identity_id uuid primary key references identities (id) on delete cascade,
  grants jsonb not null default '[]',
  wrote_at timestamptz,
  opted_out boolean not null default false
);

-- When the next call may go out: of an account, or to one customer.
create table send_rates (
  key text primary key,
  free_at timestamptz not null
);

-- Access tokens of providers, encrypted; one process fetches while the others wait.
create table channel_tokens (
  inbox_id uuid not null references inboxes (id) on delete cascade,
  name text not null,
  value text not null,
  expires_at timestamptz not null,
  primary key (inbox_id, name)
);

-- How far the provider has taken our messages; null where storing is sending.
alter table conversations add column sent_seq integer;
