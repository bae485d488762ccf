-- Two administrators may edit the same settings: each change names the version that it started from.
alter table inboxes
  add column version integer not null default 1,
  add column changed_at timestamptz,
  add column changed_by uuid references agents (id) on delete set null;
alter table calendars
  add column version integer not null default 1,
  add column changed_at timestamptz,
  add column changed_by uuid references agents (id) on delete set null;
