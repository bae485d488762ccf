-- A reader of the entry feed goes by (transaction, conversation, seq); see conversations/read-feed.ts.
alter table feed_cursors
  drop column seen,
  add column conversation_id uuid not null default '00000000-0000-0000-0000-000000000000',
  add column seq integer not null default 0;

create table webhooks (
  id uuid primary key,
  url text not null,
  description text not null,
  -- Entry kinds; empty means all.
  events text[] not null,
  enabled boolean not null,
  created_at timestamptz not null,
  failing_since timestamptz,
  -- The endpoint asked for quiet or does not answer: nothing is sent before.
  paused_until timestamptz
);

-- Signing secrets, encrypted (platform/crypto.ts). After a rotation the older one signs as well until it expires.
create table webhook_secrets (
  id uuid primary key,
  webhook_id uuid not null references webhooks (id) on delete cascade,
  value text not null,
  created_at timestamptz not null,
  expires_at timestamptz
);
create index webhook_secrets_webhook on webhook_secrets (webhook_id);

create table webhook_deliveries (
  id uuid primary key,
  webhook_id uuid not null references webhooks (id) on delete cascade,
  entry_id uuid not null,
  event text not null,
  -- Not jsonb: what is sent again is byte for byte what was sent first.
  payload json not null,
  state text not null check (state in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  last_status integer,
  last_error text,
  last_response text,
  next_attempt_at timestamptz,
  give_up_at timestamptz not null,
  created_at timestamptz not null,
  unique (webhook_id, entry_id)
);
create index webhook_deliveries_log on webhook_deliveries (webhook_id, id desc);
create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_attempt_at) where state = 'pending';
create index webhook_deliveries_old on webhook_deliveries (created_at);
