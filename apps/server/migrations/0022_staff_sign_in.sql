-- The provider by which a company's own staff sign in to an inbox (OpenID Connect). The secret is encrypted
-- (platform/crypto.ts).
create table inbox_sign_ins (
  inbox_id uuid primary key references inboxes (id) on delete cascade,
  fields jsonb not null,
  secret text,
  version integer not null default 1,
  changed_at timestamptz,
  changed_by uuid references agents (id) on delete set null
);

-- Sign-ins under way: each state works once, in the browser that it was made for.
create table sign_in_attempts (
  id uuid primary key,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  state_hash bytea not null unique,
  browser_hash bytea not null,
  nonce text not null,
  code_verifier text not null,
  used_at timestamptz,
  -- Who it was, from the provider's answer until the page has taken up the session.
  admitted jsonb,
  expires_at timestamptz not null
);
create index sign_in_attempts_inbox on sign_in_attempts (inbox_id);
create index sign_in_attempts_age on sign_in_attempts (expires_at);

-- Of those who signed in at the provider, and of nobody else: until when it counts.
alter table visitor_sessions add column expires_at timestamptz;

-- Addresses of letters for which the sender's domain stood were kept as facts; they are proofs as well from now on.
insert into identity_proofs (identity_id, kind, value, proven_at)
select alias.identity_id, 'email', lower(alias.value), alias.seen_at
from identity_aliases as alias
join identities as identity on identity.id = alias.identity_id
join inboxes as inbox on inbox.id = identity.inbox_id
where alias.kind = 'email' and inbox.channel = 'email'
on conflict do nothing;
