import type { FetchMessageObject, ImapFlow, MailboxObject } from 'imapflow'
import { z } from 'zod'
import { type Context, isProblem, type PullResult, type RawEvent } from '../contract.ts'
import { isObject, type Json } from '../json.ts'
import { toJson } from '../without-undefined.ts'
import { type Config, foldersOf } from './config.ts'
import { imapProblem, withMailbox } from './imap.ts'
import { takeMail } from './intake.ts'
import { confirmSubscription } from './sns.ts'
import type { Resolve } from './trust.ts'

/** So much at once: what is fetched is in memory until it is stored. */
const mostMails = 50
const mostBytes = 20 * 1024 * 1024
/** Of larger mails only the headers are fetched. */
const largestMail = 64 * 1024 * 1024
const dayMs = 24 * 3_600_000
/** When a mailbox was numbered anew, mails of so long before the last one are looked at again. */
const againMs = 2 * dayMs

const place = z.object({
  validity: z.string(),
  /** The highest number that was taken or passed over. */
  last: z.int().nonnegative(),
  /** What came before this was never ours to take. */
  start: z.iso.datetime(),
  /** When the latest that was taken had come. */
  seen: z.iso.datetime(),
  /** While a mailbox that was numbered anew is looked through: what came before is passed over. */
  since: z.iso.datetime().nullable(),
})
type Place = z.infer<typeof place>
const stateSchema = z.object({ folders: z.record(z.string(), place) })

interface Progress {
  events: RawEvent[]
  bytes: number
  folders: Record<string, Place>
  more: boolean
}

/**
 * New mail by its number in its folder (RFC 3501 §2.3.1.1), never by what is read or unread: people read the mailbox,
 * too. What was taken and how far that reaches are returned together; cut off anywhere, the same is given again.
 */
export async function pull(state: Json, context: Context<Config>, resolve: Resolve, hint?: Json): Promise<PullResult> {
  const problem = isObject(hint) ? await confirmSubscription(hint, context) : null
  if (problem) return { kind: 'failed', problem, afterMs: null }
  if (context.config.imapHost === '') return { kind: 'fetched', events: [], state, more: false }
  const { folders = {} } = stateSchema.safeParse(state).data ?? {}
  const result = await withMailbox(context, (client) => pullFolders(client, { ...folders }, context, resolve))
  if (isProblem(result)) {
    const afterMs = result.code === 'credentials-refused' || result.code === 'rate-limited' ? 60_000 : 5_000
    return { kind: 'failed', problem: result, afterMs }
  }
  return { kind: 'fetched', events: result.events, state: toJson({ folders: result.folders }), more: result.more }
}

async function pullFolders(
  client: ImapFlow,
  folders: Record<string, Place>,
  context: Context<Config>,
  resolve: Resolve,
): Promise<Progress> {
  const progress: Progress = { events: [], bytes: 0, folders, more: false }
  const paths = foldersOf(context.config)
  const missing: unknown[] = []
  for (const path of paths) {
    if (progress.more) break
    try {
      await pullFolder(client, path, progress, context, resolve)
    } catch (error) {
      // What came before the connection was lost is kept, so that the slowest line comes to an end.
      if (progress.events.length > 0) return { ...progress, more: true }
      if (!client.usable || imapProblem(error).code !== 'provider-failed') throw error
      context.log.warn({ folder: path, problem: imapProblem(error) }, 'a folder could not be read')
      missing.push(error)
    }
  }
  if (missing.length === paths.length) throw missing[0]
  return progress
}

async function pullFolder(
  client: ImapFlow,
  path: string,
  progress: Progress,
  context: Context<Config>,
  resolve: Resolve,
): Promise<void> {
  const box = await client.mailboxOpen(path, { readOnly: true })
  const known = progress.folders[path]
  const at: Place =
    known?.validity === String(box.uidValidity) ? { ...known } : await begin(client, box, known, context)
  progress.folders[path] = at
  const end = await nextUid(client, box)
  const taken: number[] = []
  // Numbers have gaps: a window without any mail is followed by a wider one.
  let window = 4 * mostMails
  while (at.last + 1 < end && !progress.more) {
    const until = Math.min(at.last + window, end - 1)
    const found = await client.fetchAll(
      `${at.last + 1}:${until}`,
      { uid: true, size: true, internalDate: true },
      { uid: true },
    )
    const { chosen, isAll } = choose(found, at, progress)
    for (const run of runsOf(chosen)) {
      for await (const raw of rawOf(client, run)) {
        progress.events.push(await takeMail({ ...raw, envelope: null }, context, resolve))
        at.last = Math.max(at.last, raw.number)
        at.seen = latest(at.seen, raw.receivedAt)
        taken.push(raw.number)
      }
    }
    if (isAll) at.last = until
    progress.more = !isAll
    if (found.length === 0) window = Math.min(window * 8, 2 ** 32)
  }
  if (at.last + 1 >= end) at.since = null
  if (context.config.markSeen && taken.length > 0) {
    await client.mailboxOpen(path)
    await client.messageFlagsAdd(taken.join(','), ['\\Seen'], { uid: true })
  }
}

/** Where to begin: a folder that is new to us, or whose numbers mean nothing any more. */
async function begin(
  client: ImapFlow,
  box: MailboxObject,
  known: Place | undefined,
  context: Context<Config>,
): Promise<Place> {
  const now = context.now()
  const start = known?.start ?? new Date(now.getTime() - context.config.firstDays * dayMs).toISOString()
  const seen = known?.seen ?? now.toISOString()
  const validity = String(box.uidValidity)
  const end = await nextUid(client, box)
  if (!known && context.config.firstDays === 0) return { validity, last: end - 1, start, seen, since: null }
  const again = known ? new Date(Date.parse(known.seen) - againMs).toISOString() : start
  const since = again > start ? again : start
  // Servers compare days of their own zone.
  const uids = await client.search({ since: new Date(Date.parse(since) - dayMs) }, { uid: true })
  const first = Array.isArray(uids) ? uids.reduce((least, uid) => Math.min(least, uid), end) : 1
  return { validity, last: first - 1, start, seen, since }
}

/** Old servers do not say it. `*` is the last mail, whatever its number. */
async function nextUid(client: ImapFlow, { uidNext, exists }: MailboxObject): Promise<number> {
  if (uidNext) return uidNext
  const last = exists === 0 ? false : await client.fetchOne('*', { uid: true })
  return last ? last.uid + 1 : 1
}

interface Chosen {
  uid: number
  receivedAt: Date
  isLarge: boolean
}
function choose(found: readonly FetchMessageObject[], at: Place, progress: Progress) {
  const chosen: Chosen[] = []
  for (const { uid, size = 0, internalDate } of found.toSorted((one, other) => one.uid - other.uid)) {
    const receivedAt = new Date(internalDate ?? Number.NaN)
    if (uid <= at.last || (at.since !== null && receivedAt.getTime() < Date.parse(at.since))) continue
    const isLarge = size > largestMail
    const bytes = progress.bytes + (isLarge ? 0 : size)
    const count = progress.events.length + chosen.length
    if (count >= mostMails || (count > 0 && bytes > mostBytes)) return { chosen, isAll: false }
    progress.bytes = bytes
    chosen.push({ uid, receivedAt, isLarge })
  }
  return { chosen, isAll: true }
}

/** Neighbours are fetched together, but large ones by themselves. */
function runsOf(chosen: readonly Chosen[]): Chosen[][] {
  const runs: Chosen[][] = []
  for (const mail of chosen) {
    const run = runs.at(-1)
    if (run && !mail.isLarge && !run[0]?.isLarge) run.push(mail)
    else runs.push([mail])
  }
  return runs
}

interface Fetched {
  raw: Buffer
  receivedAt: Date
  number: number
  headersOnly?: true
}
async function* rawOf(client: ImapFlow, run: readonly Chosen[]): AsyncGenerator<Fetched> {
  const dates = new Map(run.map(({ uid, receivedAt }) => [uid, receivedAt]))
  const isLarge = run[0]?.isLarge === true
  const query = isLarge ? { uid: true, headers: true } : { uid: true, source: true }
  for await (const { uid, source, headers } of client.fetch([...dates.keys()].join(','), query, { uid: true })) {
    const raw = isLarge ? headers : source
    const date = dates.get(uid)
    if (!raw || !date) continue
    const receivedAt = Number.isNaN(date.getTime()) ? new Date(0) : date
    yield { raw, receivedAt, number: uid, ...(isLarge ? { headersOnly: true as const } : {}) }
  }
}

const latest = (seen: string, date: Date): string => (date.getTime() > Date.parse(seen) ? date.toISOString() : seen)
