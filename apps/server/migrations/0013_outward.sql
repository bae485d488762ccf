-- A file that was made from another one, because a channel takes no other type or size. Made once for each wish: its id says which.
alter table attachments add column derived_from uuid;
create index attachments_derived on attachments (derived_from) where derived_from is not null;
