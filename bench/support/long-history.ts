import type { ClientBase, Pool } from 'pg'

/** Ids in the order of time, as ours are; the first digit says of what. */
const idFunction = `
create function id_of(kind int, n bigint) returns uuid language sql immutable return
  (lpad(to_hex(1600000000000 + n * 100), 12, '0') || '7000' || '8' || kind || lpad(to_hex(n), 14, '0'))::uuid`

const openConversations = 200
const idAt = (kind: number, n: number): string => {
  const time = (1_600_000_000_000 + n * 100).toString(16).padStart(12, '0')
  const text = `${time}70008${kind}${n.toString(16).padStart(14, '0')}`
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
/** As `id_of` in the database. */
export const ids = {
  inbox: (n: number): string => idAt(1, n),
  team: (n: number): string => idAt(2, n),
  agent: (n: number): string => idAt(3, n),
  contact: (n: number): string => idAt(4, n),
  conversation: (n: number): string => idAt(5, n),
}

/**
 * Years of history of a company of five agents: all but the newest 200 conversations are closed, whatever the size; so
 * work in hand is the same and only the past differs. The newest contacts are spread over all inboxes alike. Rules of foreign keys are not checked: we made them true.
 */
export const historyStatements = (conversations: number): string[] => [
  `set session_replication_role = replica`,
  `set maintenance_work_mem = '512MB'`,
  `set synchronous_commit = off`,
  idFunction,
  `insert into inboxes (id, channel, key, name, created_at)
   select id_of(1, n), 'web', 'inbox-' || n, 'Inbox ' || n, now() from generate_series(1, 4) as n`,
  `insert into teams (id, name, created_at) select id_of(2, n), 'Team ' || n, now() from generate_series(1, 2) as n`,
  `insert into inbox_teams select id_of(1, n), id_of(2, 1 + n % 2) from generate_series(1, 4) as n`,
  `insert into agents (id, name, email, created_at, updated_at)
   select id_of(3, n), 'Agent ' || n, 'agent' || n || '@example.com', now(), now() from generate_series(1, 5) as n`,
  `insert into contacts (id, name, email, phone, created_at, last_seen_at)
   select id_of(4, n), case when n <= 20 then 'Seldom Name ' || n else 'Customer ' || md5(n::text) end,
     'customer' || n || '@example.com', '+86' || (13000000000 + n), now() - (n / 4 % 1000) * interval '1 day',
     case when n % 3 > 0 then now() - (n / 4 % 1000) * interval '1 day' + (n % 86400) * interval '1 second' end
   from generate_series(1, ${conversations / 4}) as n`,
  `insert into identities (id, contact_id, inbox_id, address, created_at)
   select id_of(6, n), id_of(4, n), id_of(1, 1 + n % 4), 'visitor-' || n, now() from generate_series(1, ${conversations / 4}) as n`,
  // An inbox of few, the oldest of all.
  `insert into inboxes (id, channel, key, name, created_at) values (id_of(1, 5), 'web', 'inbox-5', 'Inbox 5', now())`,
  `insert into identities (id, contact_id, inbox_id, address, created_at)
   select id_of(8, row_number() over ()), id, id_of(1, 5), 'few-' || id, now()
   from (select id from contacts order by coalesce(last_seen_at, created_at), id limit 30) as oldest`,
  `insert into conversations (id, inbox_id, contact_id, identity_id, start_key, state, assignee_id, team_id, created_at, last_seq,
     last_public_seq, last_activity_at, last_message, received_count, sent_count, closed_at, close_reason, snoozed_until, waiting_since)
   select id_of(5, n), id_of(1, 1 + n % 4), id_of(4, 1 + n % ${conversations / 4}), id_of(6, 1 + n % ${conversations / 4}), 'start-' || n,
     case when past then 'closed' when n % 10 = 0 then 'snoozed' else 'open' end,
     case when past or n % 4 > 0 then id_of(3, 1 + n % 5) end, case when n % 3 = 0 then id_of(2, 1 + n % 2) end, started, 5, 5,
     started + interval '20 minutes', '{"from": "contact", "type": "text", "preview": "When will it ship?", "at": "2026-01-01T00:00:00Z"}', 2, 1,
     case when past then started + interval '1 hour' end, case when past then 'solved' end,
     case when not past and n % 10 = 0 then now() + interval '1 day' end, case when not past and n % 2 = 0 then started end
   from (select n, n <= ${conversations - openConversations} as past, now() - (${conversations} - n) * interval '60 seconds' as started
     from generate_series(1, ${conversations}) as n) as history`,
  `insert into agent_reads (agent_id, conversation_id, received_count, seq)
   select id_of(3, 1 + n % 5), id_of(5, n), 2, 5 from generate_series(1, ${conversations - 50}) as n`,
  `insert into mentions (agent_id, conversation_id, seq, at)
   select id_of(3, 1 + n % 5), id_of(5, n), 3, now() - (${conversations} - n) * interval '60 seconds'
   from generate_series(1, ${conversations}) as n where n % 8 < 5 and n <= ${conversations - openConversations} or n % 200 < 5`,
]

const entryStatements = (from: number, to: number): string => `
  insert into entries (conversation_id, seq, public_seq, id, kind, author_type, author_id, at, client_key, client_index, body)
  select id_of(5, n), s, s, id_of(7, n * 8 + s), (array['conversation.started', 'message.received', 'message.sent', 'message.received', 'conversation.closed'])[s],
    'contact', id_of(4, n)::text, now(), 'key-' || s, 0,
    '{"content": {"type": "text", "text": "您好,我想问一下订单什么时候发货? When will it ship?", "markup": "none"}}'
  from generate_series(${from}, ${to}) as n, generate_series(1, 5) as s`

/** Indexes are built when the rows are there, which is many times faster than keeping them up to date meanwhile. */
export async function makeHistory(pool: Pool, conversations: number): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    const rebuild = await dropIndexes(client, [
      'contacts',
      'identities',
      'conversations',
      'entries',
      'agent_reads',
      'mentions',
    ])
    for (const statement of historyStatements(conversations)) await client.query(statement)
    for (let from = 1; from <= conversations; from += 250_000)
      await client.query(entryStatements(from, Math.min(conversations, from + 249_999)))
    for (const statement of rebuild) await client.query(statement)
    await client.query('vacuum analyze')
    // What was written is on the disk before anything is measured.
    await client.query('checkpoint')
  } finally {
    client.release(true)
  }
}

async function dropIndexes(client: ClientBase, tables: readonly string[]): Promise<string[]> {
  const { rows: keys } = await client.query<{ holder: string; name: string; definition: string; foreign: boolean }>(
    `select conrelid::regclass::text as holder, conname as name, pg_get_constraintdef(oid) as definition, contype = 'f' as foreign
     from pg_constraint where contype in ('p', 'u', 'f') and (conrelid::regclass::text = any($1) or confrelid::regclass::text = any($1))
     order by contype = 'f' desc`,
    [tables],
  )
  for (const key of keys) await client.query(`alter table ${key.holder} drop constraint ${key.name}`, [])
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    'select indexname as name, indexdef as definition from pg_indexes where schemaname = current_schema() and tablename = any($1)',
    [tables],
  )
  for (const index of indexes) await client.query(`drop index ${index.name}`, [])
  return [
    ...keys
      .filter((key) => !key.foreign)
      .map((key) => `alter table ${key.holder} add constraint ${key.name} ${key.definition}`),
    ...indexes.map((index) => index.definition),
    // Their truth is not checked again; they do not take part in reading.
    ...keys
      .filter((key) => key.foreign)
      .map((key) => `alter table ${key.holder} add constraint ${key.name} ${key.definition} not valid`),
  ]
}
