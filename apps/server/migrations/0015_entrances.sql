-- Links and codes that bring customers into an inbox, with a parameter that comes back. The provider keeps no list of them.
create table entrance_codes (
  id uuid primary key,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  name text not null,
  parameter text not null,
  url text not null,
  -- `code`: to be scanned; it does not open when it is pressed.
  shape text not null check (shape in ('link', 'code')),
  ends_at timestamptz,
  made_at timestamptz not null,
  made_by uuid references agents (id) on delete set null,
  unique (inbox_id, parameter)
);

-- How somebody came who has not written yet: told in the conversation once there is one.
create table arrivals (
  identity_id uuid not null references identities (id) on delete cascade,
  -- Names the event, so that it is told once.
  event_key text not null,
  act text not null,
  words text not null,
  parameter text not null,
  at timestamptz not null,
  primary key (identity_id, event_key)
);
