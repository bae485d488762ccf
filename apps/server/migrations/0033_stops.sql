-- What keeps messages from a customer, and how it ends (packages/channels/src/consent.ts). Whether anything does is still said
-- by `opted_out`: the previous release knows that alone.
alter table reply_ledgers
  add column stopped_by text check (stopped_by in ('word', 'customer', 'promotion', 'provider')),
  add column stopped_at timestamptz,
  -- Templates of advertising are not wanted: as the customer said, or as the provider did.
  add column no_promotion text check (no_promotion in ('customer', 'provider'));

-- Who said so themselves has a line in their timeline; of all others a provider refused a message. Words for stop are law where
-- carriers act upon them; those that Chinese texts ask for refuse advertising, and were taken for more.
with said as (
  select distinct on (conversations.identity_id) conversations.identity_id, (entries.body ->> 'wanted')::boolean as wanted
  from reply_ledgers join conversations using (identity_id)
  join entries on entries.conversation_id = conversations.id and entries.kind = 'contact.consented'
  where opted_out order by conversations.identity_id, entries.at desc
), stopped as (
  select own.identity_id, case
      when said.wanted is distinct from false then 'provider'
      when inboxes.channel in ('twilio', 'smpp') then 'word'
      when inboxes.channel in ('aliyun', 'tencent') then 'promotion'
      else 'customer' end as by
  from reply_ledgers as own join identities on identities.id = own.identity_id join inboxes on inboxes.id = inbox_id
  left join said on said.identity_id = own.identity_id
  where opted_out
)
update reply_ledgers as ledger
set stopped_by = stopped.by, no_promotion = case when stopped.by = 'promotion' then 'customer' end
from stopped where stopped.identity_id = ledger.identity_id;
