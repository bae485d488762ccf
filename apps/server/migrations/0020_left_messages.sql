-- By which way the writer of a message that was left wants the answer. Nobody has proven that the address is theirs: the
-- identity belongs to a contact of its own, and stands here so that this conversation may be answered through it.
create table answer_ways (
  conversation_id uuid not null references conversations (id) on delete cascade,
  identity_id uuid not null references identities (id) on delete cascade,
  -- Of the message that was left last; earlier ones stay allowed.
  current boolean not null,
  since timestamptz not null,
  primary key (conversation_id, identity_id)
);
create index answer_ways_identity on answer_ways (identity_id);
