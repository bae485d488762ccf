import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { type BurstOutcome, idsOf } from './burst.ts'

interface Stored {
  conversation_id: string
  last_seq: number
  last_public_seq: number
  seqs: number[]
  public_seqs: number[]
  ids: string[]
  public_ids: string[]
  /** Of the customer's messages, in `seq` order. */
  keys: string[]
  texts: string[]
}

const storedText = `
select conversation.id as conversation_id, conversation.last_seq, conversation.last_public_seq,
  array_agg(entry.seq order by entry.seq) as seqs,
  array_agg(entry.public_seq order by entry.seq) filter (where entry.public_seq is not null) as public_seqs,
  array_agg(entry.id::text order by entry.seq) as ids,
  array_agg(entry.id::text order by entry.seq) filter (where entry.public_seq is not null) as public_ids,
  array_agg(entry.client_key order by entry.seq) filter (where entry.kind = 'message.received') as keys,
  array_agg(entry.body #>> '{content,text}' order by entry.seq) filter (where entry.kind = 'message.received') as texts
from conversations as conversation join entries as entry on entry.conversation_id = conversation.id
group by conversation.id`

async function readStored(databaseUrl: string): Promise<Stored[]> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query<Stored>(storedText)).rows
  } finally {
    await client.end()
  }
}

/** What is wrong between what was acknowledged, what is stored and what the clients show; nothing when all is well. */
export async function findFaults(databaseUrl: string, outcome: BurstOutcome, patienceMs = 30_000): Promise<string[]> {
  const stored = await readStored(databaseUrl)
  const faults = [...storageFaults(stored, outcome.acknowledged)]
  // Clients may still be reading what they missed.
  for (const deadline = Date.now() + patienceMs; ; await sleep(100)) {
    const behind = clientFaults(stored, outcome)
    if (behind.length === 0 || Date.now() > deadline) return [...faults, ...behind]
  }
}

function storageFaults(stored: readonly Stored[], acknowledged: BurstOutcome['acknowledged']): string[] {
  const faults: string[] = []
  const seen = new Map<string, string>()
  for (const row of stored) {
    const name = `conversation ${row.conversation_id}`
    if (!isGapFree(row.seqs, row.last_seq)) faults.push(`${name}: seq has gaps or does not end at ${row.last_seq}`)
    if (!isGapFree(row.public_seqs, row.last_public_seq)) faults.push(`${name}: publicSeq has gaps`)
    const numbers = row.texts.slice(1).map((text) => Number(text.split(' ')[1]))
    const misplaced = numbers.findIndex((number, index) => number !== index)
    if (misplaced >= 0) faults.push(`${name}: message ${numbers[misplaced]} stands at ${misplaced}`)
    for (const key of row.keys) {
      if (seen.has(key)) faults.push(`message ${key} is stored twice`)
      seen.set(key, row.conversation_id)
    }
  }
  for (const [key, { conversationId }] of acknowledged)
    if (seen.get(key) !== conversationId) faults.push(`message ${key} was acknowledged and is not stored`)
  if (seen.size !== acknowledged.size + stored.length)
    faults.push(`${seen.size} messages are stored, ${acknowledged.size + stored.length} were acknowledged`)
  return faults
}

const isGapFree = (numbers: readonly number[], last: number): boolean =>
  numbers.length === last && numbers.every((number, index) => number === index + 1)

function clientFaults(stored: readonly Stored[], { agent, visitors }: BurstOutcome): string[] {
  const faults: string[] = []
  for (const row of stored) {
    if (idsOf(agent.get(row.conversation_id)) !== row.ids.join())
      faults.push(`the agent does not show ${row.conversation_id} as it is stored`)
    const owners = visitors.filter((timelines) => timelines.has(row.conversation_id))
    if (owners.length !== 1) faults.push(`${owners.length} visitors show ${row.conversation_id}`)
    if (idsOf(owners[0]?.get(row.conversation_id)) !== row.public_ids.join())
      faults.push(`the visitor does not show ${row.conversation_id} as it is stored`)
  }
  return faults
}
