import { callback, leftMessage } from '@qiao/protocol'
import type { Duration } from '@qiao/routing'
import { refused } from '#access'
import type { Demand, Question } from './simulation-world.ts'
import { startOfDay } from './start-of-day.ts'
import { primaryLanguage } from './to-routing.ts'
import type { Queryable } from './work-item-row.ts'

const dayMs = 86_400_000
const mostDays = 35

/** Who comes in the simulation: as recorded, or by chance at the rates of the hours of one day. */
export function readDemand(client: Queryable, { arrivals, queueId }: Question, now: Date): Promise<Demand> {
  return arrivals.from === 'history'
    ? readHistory(client, queueId, { since: new Date(arrivals.since), until: new Date(arrivals.until) })
    : Promise.resolve(processOf(arrivals, now))
}

function processOf(
  { perHour, handleSeconds, patienceSeconds }: Extract<Question['arrivals'], { from: 'process' }>,
  now: Date,
): Demand {
  const midnight = Math.floor(now.getTime() / dayMs) * dayMs
  const rates = perHour.map((count, hour) => ({ until: midnight + (hour + 1) * 3_600_000, perSecond: count / 3600 }))
  return {
    from: midnight,
    until: midnight + dayMs,
    midnight,
    streams: [{ language: null, priority: 0, arrivals: { kind: 'poisson', rates } }],
    handling: { kind: 'exponential', meanSeconds: handleSeconds },
    patience: patienceSeconds === null ? null : { kind: 'exponential', meanSeconds: patienceSeconds },
  }
}

interface StayRow {
  language: string | null
  priority: number
  entered_at: Date
  hold_seconds: number | null
  wait_seconds: number
  gave_up: boolean
}

/** What came to the queue live, how long each was held by an agent, and how many gave up in how much waiting. */
async function readHistory(
  client: Queryable,
  queueId: string,
  { since, until }: { since: Date; until: Date },
): Promise<Demand> {
  if (until <= since) throw refused('arrivals.until', 'Ends before it begins')
  if (until.getTime() - since.getTime() > mostDays * dayMs)
    throw refused('arrivals.until', `At most ${mostDays} days can be replayed at once`)
  const { rows } = await client.query<StayRow>(
    `select language, priority, entered_at,
       extract(epoch from coalesce(wrapped_at, ended_at) - accepted_at)::float8 as hold_seconds,
       coalesce(extract(epoch from left_queue_at - entered_at), 0)::float8 as wait_seconds,
       coalesce(queue_outcome in ('abandoned', 'left'), false) as gave_up
     from work_items
     where queue_id = $1 and entered_at >= $2 and entered_at < $3 and purpose = 'serve' and channel <> all($4)
     order by entered_at, id`,
    [queueId, since, until, [leftMessage, callback]],
  )
  const held = rows.flatMap(({ hold_seconds: seconds }) => (seconds === null ? [] : [seconds]))
  if (rows.length > 0 && held.length === 0)
    throw refused('arrivals', 'Nobody was served in that time, so nothing is known of handling')
  return {
    from: since.getTime(),
    until: until.getTime(),
    midnight: (await startOfDay(client, since)).getTime(),
    streams: streamsOf(rows),
    handling: { kind: 'measured', seconds: held },
    patience: patienceOf(rows),
  }
}

/** Who is alike in language and points makes one stream. */
function streamsOf(rows: readonly StayRow[]): Demand['streams'] {
  const alike = Map.groupBy(rows, ({ language, priority }) => `${priority} ${language ?? ''}`)
  return [...alike.values()].map((stays) => ({
    language: stays[0]?.language ? primaryLanguage(stays[0].language) : null,
    priority: stays[0]?.priority ?? 0,
    arrivals: { kind: 'recorded', at: stays.map((stay) => stay.entered_at.getTime()) },
  }))
}

/** Who was answered had patience for longer than they waited: all waiting counts, not only that of those who left. */
function patienceOf(rows: readonly StayRow[]): Duration | null {
  const left = rows.filter((row) => row.gave_up).length
  const waited = rows.reduce((sum, row) => sum + row.wait_seconds, 0)
  return left === 0 || waited === 0 ? null : { kind: 'exponential', meanSeconds: waited / left }
}
