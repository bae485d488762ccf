-- The ACD (docs/routing.md). Settings first, then agents' states, then the work itself.

alter table agents add column number text;
create unique index agents_number on agents (number) where number is not null;

create table skills (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null
);
create unique index skills_name on skills (lower(name));

create table agent_skills (
  agent_id uuid not null references agents (id) on delete cascade,
  skill_id uuid not null references skills (id) on delete cascade,
  level smallint not null check (level between 1 and 5),
  primary key (agent_id, skill_id)
);
create index agent_skills_skill on agent_skills (skill_id);

-- Retired codes keep their rows: what they explained or described still names them.
create table reason_codes (
  id uuid primary key,
  kind text not null check (kind in ('break', 'decline')),
  names jsonb not null,
  created_at timestamptz not null,
  retired_at timestamptz
);
create table disposition_codes (
  id uuid primary key,
  names jsonb not null,
  queue_ids uuid[] not null default '{}',
  created_at timestamptz not null,
  retired_at timestamptz
);

create table capacity_profiles (
  id uuid primary key,
  name text not null,
  standard boolean not null default false,
  units integer not null,
  channels jsonb not null,
  pick_margin_units integer not null default 0,
  created_at timestamptz not null,
  version integer not null default 1,
  changed_at timestamptz,
  changed_by uuid references agents (id) on delete set null
);
create unique index capacity_profiles_standard on capacity_profiles (standard) where standard;
insert into capacity_profiles (id, name, standard, units, channels, pick_margin_units, created_at) values (
  '01900000-0000-7000-8000-000000000001', 'Standard', true, 100,
  '{"*": {"units": 20, "most": 5, "interruptedBy": []},
    "message": {"units": 10, "most": 5, "interruptedBy": ["*"]},
    "callback": {"units": 60, "most": 1, "interruptedBy": []}}',
  20, now());

create table queues (
  id uuid primary key,
  name text not null,
  calendar_id uuid references calendars (id) on delete set null,
  -- The fields of `queueSettings` in the protocol.
  settings jsonb not null default '{}',
  paused_at timestamptz,
  -- Stays name their queue for ever, so a deleted one keeps its row.
  deleted_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  changed_at timestamptz,
  changed_by uuid references agents (id) on delete set null
);
create unique index queues_name on queues (lower(name)) where deleted_at is null;

-- How an agent takes part, and how things stand with them. One row for each agent who ever did.
create table agent_work (
  agent_id uuid primary key references agents (id) on delete cascade,
  profile_id uuid references capacity_profiles (id) on delete set null,
  languages text[] not null default '{}',
  weight integer not null default 100,
  state text not null default 'offline' check (state in ('available', 'busy', 'break', 'offline', 'not-responding')),
  reason_id uuid references reason_codes (id),
  since timestamptz not null,
  present boolean not null default false,
  -- Since when no device is connected; the grace is counted from here.
  gone_at timestamptz,
  -- Missed offers in a row.
  misses integer not null default 0,
  last_offer_at timestamptz,
  offers_count integer not null default 0,
  idle_since timestamptz not null,
  -- Grows when work comes to the agent, or their state or presence changes: a decision on an older one may be one too much.
  -- Work that goes does not count: it can only leave more room than was thought.
  gained bigint not null default 1,
  version bigint not null default 1,
  changed_in xid8 not null default pg_current_xact_id()
);
create index agent_work_changed on agent_work (changed_in);

-- Open sockets of agents, and the processes that hold them. A process that says nothing for a while is dead.
create table server_nodes (
  id text primary key,
  seen_at timestamptz not null
);
create table agent_sockets (
  id text primary key,
  agent_id uuid not null references agents (id) on delete cascade,
  node_id text not null references server_nodes (id) on delete cascade,
  connected_at timestamptz not null
);
create index agent_sockets_agent on agent_sockets (agent_id);
create index agent_sockets_node on agent_sockets (node_id);

-- One row for each stretch of an agent's time in one state and one presence.
create table agent_states (
  id uuid primary key,
  agent_id uuid not null references agents (id) on delete cascade,
  state text not null,
  reason_id uuid references reason_codes (id),
  present boolean not null,
  since timestamptz not null,
  until timestamptz,
  cause text not null,
  by_agent_id uuid
);
create unique index agent_states_now on agent_states (agent_id) where until is null;
create index agent_states_recent on agent_states (since desc, id desc);
create index agent_states_agent on agent_states (agent_id, since desc, id desc);

-- One row for each stay of a conversation in one queue, and what became of it.
create table work_items (
  id uuid primary key,
  previous_id uuid references work_items (id),
  conversation_id uuid not null references conversations (id),
  purpose text not null check (purpose in ('serve', 'consult', 'join')),
  queue_id uuid references queues (id),
  channel text not null,
  language text,
  priority integer not null default 0,
  created_at timestamptz not null,
  entered_at timestamptz not null,
  due_at timestamptz,
  -- As the queue asked when it entered; the queue may change its mind for those who come later.
  steps jsonb not null default '[]',
  preferred_agent_id uuid references agents (id) on delete set null,
  preferred_until timestamptz,
  -- [{agentId, until}]
  declined jsonb not null default '[]',
  state text not null check (state in ('waiting', 'offered', 'held', 'wrap-up', 'ended')),
  agent_id uuid references agents (id) on delete set null,
  customer_gone_at timestamptz,
  silent_since timestamptz,
  left_queue_at timestamptz,
  queue_outcome text,
  accepted_at timestamptz,
  ended_at timestamptz,
  wrap_until timestamptz,
  wrap_extended boolean not null default false,
  wrapped_at timestamptz,
  disposition_id uuid references disposition_codes (id),
  wrap_note text,
  callback_phone text,
  alarmed_at timestamptz,
  version bigint not null default 1,
  changed_in xid8 not null default pg_current_xact_id(),
  check ((state in ('held', 'wrap-up')) <= (agent_id is not null)),
  check ((state in ('waiting', 'offered')) <= (queue_id is not null and left_queue_at is null))
) with (fillfactor = 80);
-- A conversation waits once, or is served by one; who only takes part stands beside it.
create unique index work_items_serving on work_items (conversation_id)
  where purpose = 'serve' and state in ('waiting', 'offered', 'held');
create index work_items_active on work_items (state, queue_id) where state <> 'ended';
create index work_items_agent on work_items (agent_id) where state <> 'ended';
create index work_items_conversation on work_items (conversation_id, entered_at);
create index work_items_changed on work_items (changed_in);
create index work_items_recent on work_items (entered_at desc, id desc);
create index work_items_of_queue on work_items (queue_id, entered_at desc, id desc);
create index work_items_of_agent on work_items (agent_id, entered_at desc, id desc);

create table routing_decisions (
  id uuid primary key,
  at timestamptz not null,
  item_id uuid not null references work_items (id),
  queue_id uuid not null references queues (id),
  agent_ids uuid[] not null,
  step integer not null,
  score double precision not null,
  policy text not null,
  preferred boolean not null,
  chosen_by text not null check (chosen_by in ('router', 'hook')),
  candidates jsonb not null
);
create index routing_decisions_item on routing_decisions (item_id);
create index routing_decisions_recent on routing_decisions (at desc, id desc);
create index routing_decisions_queue on routing_decisions (queue_id, at desc, id desc);

create table offers (
  id uuid primary key,
  item_id uuid not null references work_items (id),
  agent_id uuid not null references agents (id) on delete cascade,
  decision_id uuid not null references routing_decisions (id),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('accepted', 'declined', 'missed', 'withdrawn')),
  reason_id uuid references reason_codes (id)
);
create unique index offers_open on offers (item_id, agent_id) where ended_at is null;
create index offers_open_agent on offers (agent_id) where ended_at is null;
create index offers_due on offers (expires_at) where ended_at is null;
create index offers_item on offers (item_id);
create index offers_agent on offers (agent_id, made_at desc);

-- What webhooks and others are told of agents, offers and queues; of conversations they are told by entries.
create table routing_events (
  id uuid primary key,
  at timestamptz not null,
  kind text not null,
  body jsonb not null,
  transaction_id xid8 not null default pg_current_xact_id()
);
create index routing_events_feed on routing_events (transaction_id);

-- Bookkeeping of the router: it reads again what changed since it looked.
create function note_routing_change() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  new.changed_in := pg_current_xact_id();
  return new;
end $$;
create trigger work_items_note_change before update on work_items for each row execute function note_routing_change();
create trigger agent_work_note_change before update on agent_work for each row execute function note_routing_change();

alter table conversations
  add column queue jsonb,
  add column participant_ids uuid[] not null default '{}',
  add column consults jsonb not null default '[]',
  -- Both of the above: colleagues beside the assignee who see it.
  add column involved_ids uuid[] not null default '{}';
create index conversations_involved on conversations using gin (involved_ids) where involved_ids <> '{}';
