-- Messages of agents that have not arrived and that nobody has looked after since.
alter table conversations add column undelivered uuid[] not null default '{}';
