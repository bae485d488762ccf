-- Customers whose chat is open, and in which process. Without foreign keys: a process may die between any two statements,
-- and the router forgets the rows of those that are gone.
create table customer_presence (
  contact_id uuid not null,
  inbox_id uuid not null,
  node_id text not null,
  primary key (contact_id, inbox_id, node_id)
);

-- Since when it stays with an agent who went offline and said so: not even their absence moves it.
alter table work_items add column kept_since timestamptz;

-- The first range of wait that the customer was told, so that it can be known whether it was right.
alter table work_items
  add column told_at timestamptz,
  add column told_low_seconds integer,
  add column told_high_seconds integer;
-- That somebody was told something changes nothing that the router decides on.
create or replace trigger work_items_note_change before update on work_items for each row
  when (new.told_at is not distinct from old.told_at) execute function note_routing_change();

-- How an agent takes part is a setting that several people may edit.
alter table agent_work
  add column profile_version integer not null default 1,
  add column profile_changed_at timestamptz,
  add column profile_changed_by uuid references agents (id) on delete set null;

-- Secrets that sign the questions to a queue's endpoint, encrypted. Without any, the one made of the server's secret does.
create table queue_hook_secrets (
  id uuid primary key,
  queue_id uuid not null references queues (id) on delete cascade,
  value text not null,
  created_at timestamptz not null,
  expires_at timestamptz
);
create index queue_hook_secrets_queue on queue_hook_secrets (queue_id);
