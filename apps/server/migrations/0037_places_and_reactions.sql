-- The company's shops, counters and warehouses, for agents who send one.
create table saved_places (
  id uuid primary key,
  title text not null,
  address text not null default '',
  latitude double precision not null,
  longitude double precision not null,
  created_at timestamptz not null
);

-- Reactions to what customers said go out like edits: their messages are no deliveries of ours. The previous version joins
-- deliveries and leaves them waiting.
alter table delivery_changes drop constraint delivery_changes_target_id_fkey;
alter table delivery_changes drop constraint delivery_changes_kind_check;
alter table delivery_changes add constraint delivery_changes_kind_check check (kind in ('edit', 'recall', 'react')) not valid;
alter table delivery_changes validate constraint delivery_changes_kind_check;
