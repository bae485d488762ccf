-- Calls of providers whose answer can be a message to the customer: one row for each, however often it comes.
create table open_calls (
  inbox_id uuid not null references inboxes (id) on delete cascade,
  event_id text not null,
  address text not null,
  tries smallint not null default 1,
  -- Until then what is ready can be the answer of the latest try.
  open_until timestamptz not null,
  -- The part that is the answer, of every try; `closed`: the answer was that there is none.
  entry_id uuid,
  number smallint,
  closed boolean not null default false,
  primary key (inbox_id, event_id)
);
create index open_calls_of_customer on open_calls (inbox_id, address) where entry_id is null and not closed;
create index open_calls_of_part on open_calls (entry_id) where entry_id is not null;
create index open_calls_by_time on open_calls (open_until);

-- It goes out as the answer of a call, which no quota counts.
alter table delivery_parts add column answers boolean not null default false;

-- Since when people have the customer's session in the provider's own app, and nothing can be sent from here.
alter table reply_ledgers add column held_at timestamptz;
