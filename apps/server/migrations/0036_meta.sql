-- Where each value of a template goes (packages/protocol/src/template-parts.ts), and what file or place stands above its words.
-- The previous release lists none of them; the next look at the provider does.
alter table message_templates
  add column places jsonb not null default '[]',
  add column header text check (header in ('image', 'video', 'file', 'location'));

-- What was said in public and is answered in private, which providers allow once for each. A claim without a message is one that
-- was broken off: after a minute somebody else may answer.
create table private_replies (
  comment_id uuid primary key,
  conversation_id uuid references conversations (id) on delete cascade,
  entry_id uuid,
  client_key text not null,
  claimed_at timestamptz not null
);
create index private_replies_conversation on private_replies (conversation_id);

-- Access that runs out unless it is renewed: of which secret that is known (`fingerprint`), until when it is good, and what became
-- of the last try. The secret itself is in the sealed configuration of the account.
create table channel_access (
  inbox_id uuid primary key references inboxes (id) on delete cascade,
  fingerprint text not null,
  seen_at timestamptz not null,
  ends_at timestamptz,
  renewed_at timestamptz,
  tried_at timestamptz,
  problem jsonb
);
