-- The number (工号) of the agent whom the signed token of this session names.
alter table visitor_sessions add column wants_agent text;
