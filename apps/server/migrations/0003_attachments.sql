-- Files that people send. The bytes are in the blob storage; a row says what they are and who may use them.
create table attachments (
  -- Chosen by the client, so that a repeated upload is the same upload.
  id uuid primary key,
  inbox_id uuid not null,
  -- Set when a message uses it; until then only the uploader sees it.
  conversation_id uuid,
  -- Set as soon as a message is about to use it: from then on it is never swept.
  used_at timestamptz,
  -- Belongs to a note: the customer never learns of it.
  internal boolean not null default false,
  agent_id uuid,
  contact_id uuid,
  name text not null,
  -- By content; what the client said is kept for those who look into a refusal.
  mime text not null,
  declared_mime text,
  file_type text not null,
  kind text not null check (kind in ('image', 'audio', 'video', 'file')),
  bytes bigint not null check (bytes >= 0),
  -- Of what was uploaded, before anything was taken out.
  sha256 bytea not null,
  storage_key text not null,
  state text not null check (state in ('uploading', 'processing', 'ready', 'failed')),
  progress smallint not null default 0 check (progress between 0 and 100),
  attempts smallint not null default 0,
  width integer,
  height integer,
  duration_ms integer,
  -- {view?: {key, mime, bytes}, thumbnail?: {key, mime, bytes}}
  variants jsonb not null default '{}',
  failure text,
  created_at timestamptz not null,
  check (num_nonnulls(agent_id, contact_id) = 1)
);
create index attachments_conversation on attachments (conversation_id) where conversation_id is not null;
create index attachments_unused on attachments (created_at) where conversation_id is null and used_at is null;
create index attachments_unprocessed on attachments (created_at) where state = 'processing';
create index attachments_contact on attachments (contact_id) where contact_id is not null;
