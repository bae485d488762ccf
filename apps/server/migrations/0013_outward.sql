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
