-- When an offer would ring out had its agent's last device not gone; given back when they return before it ended.
alter table offers add column rings_until timestamptz;
