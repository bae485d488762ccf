-- The conversation in which this one goes on; null when it is its own.
alter table conversations add column merged_into_id uuid references conversations (id);

-- Where what is said in a conversation belongs now: at the end of the chain of merges.
create function goes_on_in(conversation_id uuid) returns uuid language sql stable as $$
  with recursive way (id, next_id, step) as (
    select id, merged_into_id, 0 from conversations where id = conversation_id
    union all
    select next.id, next.merged_into_id, step + 1 from way join conversations as next on next.id = way.next_id where step < 100)
  select id from way order by step desc limit 1
$$;
