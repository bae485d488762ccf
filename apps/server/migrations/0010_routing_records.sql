-- Customers whose chat is open, and in which process. Without foreign keys: a process may die between any two statements,
-- and the router forgets the rows of those that are gone.
create table customer_presence (
  contact_id uuid not null,
  inbox_id uuid not null,
  node_id text not null,
  primary key (contact_id, inbox_id, node_id)
);
