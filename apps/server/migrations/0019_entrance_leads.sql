-- Where whoever comes by a code is led: what is null is as the inbox has it.
alter table entrance_codes
  add column queue_id uuid references queues (id) on delete set null,
  add column team_id uuid references teams (id) on delete set null,
  -- A number (工号), as the links and tokens of web chat have it.
  add column wants_agent text;

-- The code by which somebody came who has not written since.
create table entered_by (
  identity_id uuid primary key references identities (id) on delete cascade,
  code_id uuid not null references entrance_codes (id) on delete cascade
);
create index entered_by_code on entered_by (code_id);
