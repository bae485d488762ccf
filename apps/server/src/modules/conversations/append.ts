import {
  applyEntry,
  type Author,
  type Conversation,
  type Entry,
  type EntryBody,
  type EntryKind,
  isMessage,
  isPublic,
  type MessageEntry,
  applyRevision,
  revises,
} from '@qiao/protocol'
import type pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { AppError } from '#platform/errors'
import {
  conversationColumns,
  type ConversationRow,
  entryColumns,
  type EntryRow,
  toConversation,
  toEntry,
} from './conversation-row.ts'
import type { Transaction } from './in-transaction.ts'
import { type Written, writeEntries, writeRevision } from './write-entries.ts'

/** What a rule wants to append; numbers, time and author are given on the way in. */
export type NewEntry = {
  [Kind in EntryKind]: { kind: Kind; body: EntryBody<Kind>; author?: Author; id?: string }
}[EntryKind]

export interface AppendCommand {
  conversationId: string
  /** Names the command: a repeat in the same conversation gives the first result instead of a second effect. */
  clientKey: string
  author: Author
  /** A message that the rule needs to see, e.g. the one to edit. */
  targetId?: string
  /** Pure rule. Throws AppError to refuse; an empty answer changes nothing. */
  decide: (conversation: Conversation, now: Date, target: MessageEntry | null) => readonly NewEntry[]
}

export interface Appended {
  before: Conversation
  conversation: Conversation
  entries: Entry[]
  repeated: boolean
}

export type AppendResult = { ok: true; appended: Appended } | { ok: false; error: unknown }

const keyOf = (conversationId: string, clientKey: string): string => `${conversationId} ${clientKey}`

/**
 * What a higher module derives from entries within their own transaction: its rows, and commands whose entries belong to
 * the same commit (a conversation that starts is queued). Must be quick where nothing concerns it; throwing undoes all.
 * A statement that only has to succeed goes to `later`, and the commit travels with it.
 */
export type FollowAppends = (
  client: pg.PoolClient,
  appended: readonly Appended[],
  now: Date,
  later: Transaction['later'],
) => Promise<readonly AppendCommand[]>

/** Several of them, one after the other. */
export const followAll =
  (...all: readonly FollowAppends[]): FollowAppends =>
  async (client, appended, now, later) => {
    const commands: AppendCommand[] = []
    for (const follow of all) commands.push(...(await follow(client, appended, now, later)))
    return commands
  }

/** Appends, then what follows from that, until nothing more does. Results hold the entries that followed as well. */
export async function appendAndFollow(
  { client, later }: Transaction,
  commands: readonly AppendCommand[],
  now: Date,
  follow: FollowAppends,
): Promise<AppendResult[]> {
  const { results, written } = await appendAll(client, commands, now)
  later(written)
  let fresh = results.flatMap((result) => (result.ok && !result.appended.repeated ? [result.appended] : []))
  while (fresh.length > 0) {
    const more = await follow(client, fresh, now, later)
    if (more.length === 0) break
    const next = await appendAll(client, more, now)
    later(next.written)
    fresh = next.results.map((result) => {
      if (!result.ok) throw result.error
      return result.appended
    })
    for (const { conversation, entries } of fresh) {
      const cause = results.findLast((result) => result.ok && result.appended.conversation.id === conversation.id)
      if (cause?.ok) Object.assign(cause.appended, { conversation, entries: [...cause.appended.entries, ...entries] })
    }
  }
  return results
}

/**
 * Appends many commands in the caller's transaction, in four statements however many there are: lock the conversations
 * (in id order, so that two processes cannot deadlock), find repeats, run the rules, write everything.
 * A refusal by a rule concerns its own command only.
 *
 * What is written is on its way when this returns, so that the next statement, often the commit, travels with it.
 */
export async function appendAll(
  client: pg.PoolClient,
  commands: readonly AppendCommand[],
  now: Date,
): Promise<{ results: AppendResult[]; written: Promise<unknown> }> {
  const [held, known, targets] = await Promise.all([
    lockConversations(client, commands),
    findRepeats(client, commands),
    readTargets(client, commands),
  ])
  const written = new Map<string, Written>()
  const revised = new Set<string>()
  const results = commands.map((command): AppendResult => {
    const before = held.get(command.conversationId)
    if (!before) return { ok: false, error: new AppError('not-found') }
    const key = keyOf(command.conversationId, command.clientKey)
    const earlier = known.get(key)
    if (earlier) return repeat(command, before, earlier)
    try {
      const target = command.targetId ? (targets.get(command.targetId) ?? null) : null
      const at = notBefore(before, now)
      const wanted = command.decide(before, at, target?.conversationId === command.conversationId ? target : null)
      const { conversation, entries } = number(before, command, wanted, at)
      held.set(conversation.id, conversation)
      if (entries.length > 0) known.set(key, entries)
      entries.forEach((entry, clientIndex) => written.set(entry.id, { entry, clientIndex }))
      for (const id of revise(targets, entries)) revised.add(id)
      return { ok: true, appended: { before, conversation, entries, repeated: false } }
    } catch (error) {
      return { ok: false, error }
    }
  })
  const statements = [
    ...(written.size > 0 ? writeEntries(client, [...written.values()], held) : []),
    ...[...revised].map((id) => writeRevision(client, targets.get(id))),
  ]
  return { results, written: Promise.all(statements) }
}

/** Clocks of several servers agree only almost: a timeline must not go back in time, or somebody waits less than nothing. */
const notBefore = ({ lastActivityAt }: Conversation, now: Date): Date =>
  new Date(Math.max(now.getTime(), Date.parse(lastActivityAt)))

function repeat(command: AppendCommand, conversation: Conversation, entries: Entry[]): AppendResult {
  // A key belongs to whoever used it first: another author must not read that result.
  const first = entries.find((entry) => entry.author.type === command.author.type) ?? entries[0]
  // A conversation has one customer, whom merging may have given another id meanwhile.
  const isCustomer = first?.author.type === 'contact' && command.author.type === 'contact'
  const sameAuthor = isCustomer || (first && JSON.stringify(first.author) === JSON.stringify(command.author))
  if (!sameAuthor) return { ok: false, error: new AppError('client-key-reused') }
  return { ok: true, appended: { before: conversation, conversation, entries, repeated: true } }
}

function number(before: Conversation, command: AppendCommand, wanted: readonly NewEntry[], now: Date) {
  let conversation = before
  const entries = wanted.map((want): Entry => {
    const entry = {
      id: want.id ?? uuidv7(),
      conversationId: before.id,
      seq: conversation.lastSeq + 1,
      publicSeq: isPublic(want.kind) ? conversation.lastPublicSeq + 1 : null,
      kind: want.kind,
      author: want.author ?? command.author,
      at: now.toISOString(),
      clientKey: command.clientKey,
      body: want.body,
      ...(want.kind === 'message.received' || want.kind === 'message.sent' ? { revision: null } : {}),
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kind and body come as a pair in `NewEntry`
    const typed = entry as Entry
    conversation = applyEntry(conversation, typed)
    return typed
  })
  return { conversation, entries }
}

async function lockConversations(
  client: pg.PoolClient,
  commands: readonly AppendCommand[],
): Promise<Map<string, Conversation>> {
  const ids = [...new Set(commands.map((command) => command.conversationId))]
  const { rows } = await client.query<ConversationRow>({
    name: 'lock-conversations',
    text: `select ${conversationColumns} from conversations where id = any($1::uuid[]) order by id for update`,
    values: [ids],
  })
  return new Map(rows.map((row) => [row.id, toConversation(row)]))
}

/** Runs after the locks are held: its snapshot sees everything that the previous holders committed. */
async function findRepeats(client: pg.PoolClient, commands: readonly AppendCommand[]): Promise<Map<string, Entry[]>> {
  const { rows } = await client.query<EntryRow>({
    name: 'find-repeats',
    text: `select ${entryColumns} from unnest($1::uuid[], $2::text[]) as command (conversation_id, client_key)
           join entries using (conversation_id, client_key) order by seq`,
    values: [commands.map((command) => command.conversationId), commands.map((command) => command.clientKey)],
  })
  const found = new Map<string, Entry[]>()
  for (const row of rows) {
    const key = keyOf(row.conversation_id, row.client_key)
    found.set(key, [...(found.get(key) ?? []), toEntry(row)])
  }
  return found
}

async function readTargets(
  client: pg.PoolClient,
  commands: readonly AppendCommand[],
): Promise<Map<string, MessageEntry>> {
  const wanted = commands.filter((command) => command.targetId !== undefined)
  if (wanted.length === 0) return new Map()
  const { rows } = await client.query<EntryRow>(
    `select ${entryColumns} from unnest($1::uuid[], $2::uuid[]) as target (conversation_id, id)
     join entries using (conversation_id, id)`,
    [wanted.map((command) => command.conversationId), wanted.map((command) => command.targetId)],
  )
  return new Map(
    rows
      .map(toEntry)
      .filter(isMessage)
      .map((message) => [message.id, message]),
  )
}

/** Applies edits, recalls and trouble on the way out to the targets at hand; gives the ids of those that changed. */
function revise(targets: Map<string, MessageEntry>, entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => {
    if (!revises(entry)) return []
    const target = targets.get(entry.body.targetId)
    if (!target) return []
    for (const changed of applyRevision([target], entry)) targets.set(changed.id, changed)
    return [target.id]
  })
}
