-- What customers were told of a stay in a queue by messages of their own channel, in the transaction of the message: whoever
-- wants to tell it again, of whatever process, finds it here.
create table told_stays (
  item_id uuid not null references work_items (id) on delete cascade,
  -- What it is about, and for places which one it is: `place-1`, `place-2`, `taken`.
  step text not null,
  kind text not null,
  entry_id uuid not null,
  told_at timestamptz not null,
  -- Of places: the one that was told.
  position integer,
  -- [{id, label}]: what the customer may answer.
  options jsonb not null default '[]',
  primary key (item_id, step)
);
