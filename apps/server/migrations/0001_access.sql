-- The organisation that this deployment serves: exactly one row.
create table organisation (
  only_row boolean primary key default true check (only_row),
  name text not null,
  default_language text not null,
  time_zone text not null
);
insert into organisation (name, default_language, time_zone) values ('Qiao', 'zh-CN', 'Asia/Shanghai');

-- Agents are the users of the sign-in library too; the columns it writes are named in access/sign-in-library.ts.
create table agents (
  id uuid primary key,
  name text not null,
  public_name text,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  role text not null default 'agent' check (role in ('admin', 'lead', 'agent')),
  avatar_url text,
  time_zone text,
  preferences jsonb not null default '{}',
  two_factor_enabled boolean not null default false,
  disabled_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Where agents are signed in.
create table auth_sessions (
  id uuid primary key,
  token text not null unique,
  user_id uuid not null references agents (id) on delete cascade,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null
);
create index auth_sessions_user on auth_sessions (user_id);

-- Ways to prove who one is; today only the password (provider_id 'credential').
create table auth_accounts (
  id uuid primary key,
  user_id uuid not null references agents (id) on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index auth_accounts_user on auth_accounts (user_id);

-- Short-lived proofs: password resets, second factors under way.
create table auth_verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_verifications_identifier on auth_verifications (identifier);

create table auth_two_factors (
  id uuid primary key,
  user_id uuid not null references agents (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean,
  failed_count integer,
  locked_until timestamptz
);
create index auth_two_factors_user on auth_two_factors (user_id);
create index auth_two_factors_secret on auth_two_factors (secret);

-- Counters of sign-in attempts, shared by all processes. Losing them only forgives, so they skip the write-ahead log.
create unlogged table attempts (
  key text primary key,
  count integer not null,
  started_at timestamptz not null
);

create table teams (
  id uuid primary key,
  name text not null,
  description text not null default '',
  created_at timestamptz not null
);
create unique index teams_name on teams (lower(name));

create table team_members (
  team_id uuid not null references teams (id) on delete cascade,
  agent_id uuid not null references agents (id) on delete cascade,
  primary key (team_id, agent_id)
);
create index team_members_agent on team_members (agent_id);

create table invitations (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  role text not null check (role in ('admin', 'lead', 'agent')),
  team_ids uuid[] not null default '{}',
  token_hash bytea not null unique,
  invited_by uuid references agents (id) on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table api_keys (
  id uuid primary key,
  name text not null,
  prefix text not null,
  secret_hash bytea not null unique,
  role text not null check (role in ('admin', 'lead', 'agent')),
  agent_id uuid not null references agents (id) on delete cascade,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz
);

-- Who changed settings and access. Kept when the agent is gone, so no foreign key.
create table audit_events (
  id uuid primary key,
  at timestamptz not null,
  agent_id uuid,
  action text not null,
  target_type text not null,
  target_id text,
  details jsonb not null default '{}',
  ip_address text
);
create index audit_events_recent on audit_events (at desc, id desc);
