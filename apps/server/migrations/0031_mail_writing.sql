-- How a letter was being written, so that it can be taken back and written on anywhere.
alter table scheduled_replies add column writing jsonb;
-- A letter that begins a conversation waits in its inbox; there is a conversation once it has left. The previous version has
-- no job that sends them: they wait for a process of this one. Only of one that is late by a minute it believes that it can
-- be sent, and notes that it failed; its writer sees that and sends it again.
alter table scheduled_replies alter column conversation_id drop not null;
alter table scheduled_replies add column inbox_id uuid references inboxes (id) on delete cascade;
alter table scheduled_replies add constraint scheduled_replies_place check (conversation_id is not null or inbox_id is not null);
create unique index scheduled_replies_first on scheduled_replies (agent_id, client_key) where inbox_id is not null;
create index scheduled_replies_of_agent on scheduled_replies (agent_id, send_at) where inbox_id is not null;

-- The letter with which an agent is going to begin a conversation.
create table first_mail_drafts (
  agent_id uuid primary key references agents (id) on delete cascade,
  inbox_id uuid not null references inboxes (id) on delete cascade,
  mail jsonb not null,
  updated_at timestamptz not null
);

-- Texts for letters.
create table mail_templates (
  id uuid primary key,
  -- Null: of all inboxes in which people write letters.
  inbox_id uuid references inboxes (id) on delete cascade,
  name text not null,
  subject text not null default '',
  -- Cleaned.
  html text not null,
  updated_at timestamptz not null
);
create index mail_templates_inbox on mail_templates (inbox_id);
