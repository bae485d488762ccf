-- What kind of place an identity with a `thread_key` is in, and what it is called there. A group has one identity of its
-- own (`in KEY`), which its conversation belongs to; its members keep theirs (`PERSON in KEY`).
alter table identities
  add column thread_kind text check (thread_kind in ('group', 'public')),
  add column thread_title text;

-- Until now only comments were public.
update identities set thread_kind = case when inboxes.channel = 'instagram' then 'public' else 'group' end
from inboxes where inboxes.id = identities.inbox_id and identities.thread_key is not null;
