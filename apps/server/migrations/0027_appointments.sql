-- Which letters are about which appointment: programs send changes of it as letters that answer nothing.
create table appointments (
  entry_id uuid primary key,
  conversation_id uuid not null references conversations (id) on delete cascade,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  -- What all letters about it call it.
  uid text not null
);
create index appointments_uid on appointments (inbox_id, uid);
create index appointments_conversation on appointments (conversation_id, uid);
