-- What letters say at length, beside the timeline that holds their first words.
create table mail_bodies (
  id uuid primary key,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  -- Whoever sees the conversation may read it; null until it is known in which one it is.
  conversation_id uuid references conversations (id) on delete cascade,
  -- Set as soon as a message uses it, or is about to: from then on it is never swept.
  used_at timestamptz,
  -- Who wrote it here; null for what came.
  agent_id uuid references agents (id) on delete set null,
  -- Cleaned; pictures wait in data-cid and data-remote.
  html text,
  text text not null,
  quoted_html text,
  quoted_text text not null default '',
  signature_html text,
  signature text not null default '',
  remote_images integer not null default 0,
  -- [{id, cid}]: attachments that the HTML shows.
  files jsonb not null default '[]',
  -- The mail as it came, by the name under which its channel keeps it.
  original text,
  created_at timestamptz not null
);
create index mail_bodies_conversation on mail_bodies (conversation_id) where conversation_id is not null;
create index mail_bodies_unused on mail_bodies (created_at) where used_at is null;

-- Who takes part in a conversation by letters, beside the customer whose it is.
create table conversation_people (
  conversation_id uuid not null references conversations (id) on delete cascade,
  address text not null,
  -- Of those who have written.
  identity_id uuid references identities (id) on delete set null,
  how text not null check (how in ('wrote', 'copied', 'written-to')),
  since timestamptz not null,
  primary key (conversation_id, address)
);
create index conversation_people_identity on conversation_people (identity_id) where identity_id is not null;

-- Letters name what they answer, whoever wrote it.
create index channel_messages_message on channel_messages (message_id);
create index channel_messages_conversation on channel_messages (conversation_id, public_seq);

-- Addresses that will never work, until a person says otherwise.
create table unreachable_addresses (
  inbox_id uuid not null references inboxes (id) on delete cascade,
  address text not null,
  problem jsonb not null,
  at timestamptz not null,
  primary key (inbox_id, address)
);

-- Answers that said by themselves that a letter has arrived.
create table acknowledgements (
  entry_id uuid primary key,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  address text not null,
  at timestamptz not null
);
create index acknowledgements_recent on acknowledgements (inbox_id, at desc);

-- Replies that leave at a set time.
create table scheduled_replies (
  id uuid primary key,
  conversation_id uuid not null references conversations (id) on delete cascade,
  agent_id uuid not null references agents (id) on delete cascade,
  client_key text not null,
  content jsonb not null,
  reply_to_id uuid,
  send_at timestamptz not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'cancelled')),
  problem jsonb,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (conversation_id, agent_id, client_key)
);
create index scheduled_replies_open on scheduled_replies (conversation_id, send_at) where state in ('waiting', 'sending', 'failed');
create index scheduled_replies_due on scheduled_replies (send_at) where state in ('waiting', 'sending');
create index scheduled_replies_over on scheduled_replies (changed_at) where state in ('sent', 'cancelled');
