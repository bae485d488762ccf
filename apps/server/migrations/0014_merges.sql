-- Contacts that turned out to be one person. The row that went stays as it was and points at the one that stayed; identities
-- carry their conversations, so a merge is undone by sending these identities back.
create table contact_merges (
  id uuid primary key,
  from_id uuid not null references contacts (id) on delete cascade,
  into_id uuid not null references contacts (id) on delete cascade,
  cause text not null,
  agent_id uuid references agents (id) on delete set null,
  client_key text,
  at timestamptz not null,
  -- What the one that stays took over: [{ field, before, after }].
  changes jsonb not null default '[]',
  identity_ids uuid[] not null,
  -- The few visits that are kept of a contact have no identity when they are older than this table.
  trail_ids uuid[] not null,
  undone_at timestamptz,
  undone_by uuid references agents (id) on delete set null,
  unique (agent_id, client_key)
);
create index contact_merges_into on contact_merges (into_id, at desc, id desc);
create unique index contact_merges_from on contact_merges (from_id) where undone_at is null;

-- A person said that these two are not the same. Both ways around, so that one look finds it. What a merge handed on to
-- the contact that stayed goes with that merge.
create table contacts_apart (
  contact_id uuid not null references contacts (id) on delete cascade,
  other_id uuid not null references contacts (id) on delete cascade,
  agent_id uuid references agents (id) on delete set null,
  merge_id uuid references contact_merges (id) on delete cascade,
  at timestamptz not null,
  primary key (contact_id, other_id)
);
create index contacts_apart_merge on contacts_apart (merge_id) where merge_id is not null;

-- What an identity is proven to be: a phone number, an e-mail address, a provider's own name of the person.
create table identity_proofs (
  identity_id uuid not null references identities (id) on delete cascade,
  kind text not null,
  value text not null,
  proven_at timestamptz not null,
  primary key (identity_id, kind, value)
);
create index identity_proofs_value on identity_proofs (kind, value);

-- Links by which somebody proves to be the same person work once.
create table bind_uses (
  token_hash bytea primary key,
  identity_id uuid not null references identities (id) on delete cascade,
  used_at timestamptz not null
);
create index bind_uses_age on bind_uses (used_at);

alter table contact_trail add column identity_id uuid;

-- A conversation goes with its identity.
create index conversations_of_identity on conversations (identity_id, created_at desc);

-- Where what an identity says belongs: a conversation that an agent continued through it. `current` until an agent answers
-- through it in another one; the others stay, so that repeats find what they were stored as.
create table continued_conversations (
  identity_id uuid not null references identities (id) on delete cascade,
  conversation_id uuid not null references conversations (id) on delete cascade,
  current boolean not null,
  since timestamptz not null,
  primary key (identity_id, conversation_id)
);
create unique index continued_conversations_current on continued_conversations (identity_id) where current;

-- Who may be the same person is looked up by these, never by reading all contacts.
create index contacts_phone_end on contacts (right(regexp_replace(phone, '\D', '', 'g'), 8)) where phone is not null;
create index contacts_named on contacts (lower(name), id desc) where name is not null;
create index identity_aliases_value on identity_aliases (kind, value);
