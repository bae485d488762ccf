-- Opening hours; the fields are those of `hours.ts` in the protocol.
create table calendars (
  id uuid primary key,
  name text not null,
  time_zone text not null,
  always_open boolean not null default false,
  weekly jsonb not null,
  holidays jsonb not null default '[]',
  created_at timestamptz not null
);

create table inboxes (
  id uuid primary key,
  channel text not null,
  -- Public name in URLs and embed codes.
  key text not null unique,
  name text not null,
  calendar_id uuid references calendars (id) on delete set null,
  settings jsonb not null default '{}',
  paused_at timestamptz,
  created_at timestamptz not null
);
create index inboxes_calendar on inboxes (calendar_id);

create table inbox_teams (
  inbox_id uuid not null references inboxes (id) on delete cascade,
  team_id uuid not null references teams (id) on delete cascade,
  primary key (inbox_id, team_id)
);
create index inbox_teams_team on inbox_teams (team_id);

-- Secrets that sign visitor identities, encrypted (platform/crypto.ts); the prefix is for people to tell them apart.
create table inbox_secrets (
  id uuid primary key,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  prefix text not null,
  value text not null,
  created_at timestamptz not null,
  expires_at timestamptz
);
create index inbox_secrets_inbox on inbox_secrets (inbox_id);
