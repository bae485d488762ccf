-- Whoever asks what rings for an agent or an item had the planner read everything that rings, by when it is over: one row, it
-- thought, since nothing rings at most times. Now this index is seen only by who asks for just that: with the same words.
drop index offers_due;
create index offers_due on offers (expires_at) where (ended_at is null) is true;

-- What a decision was made on: all that was committed by transactions before this one. Whether somebody was passed over can be
-- told from that, and not from times: those of a busy machine say little of what was known when.
alter table routing_decisions add column seen_before xid8;
