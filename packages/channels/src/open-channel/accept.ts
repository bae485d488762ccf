import type { Accepted, RawEvent, RawRequest, RawResponse } from '../contract.ts'
import { isObject, parseJson } from '../json.ts'
import { webhookDoubt } from '../standard-webhooks.ts'
import type { OpenConfig } from './config.ts'
import { normalise } from './normalise.ts'
import { posted } from './protocol.ts'
import { firstDoubt } from '../first-doubt.ts'
import { toJson } from '../without-undefined.ts'

/** Whatever has an id and a type is kept; what else is wrong with it is told in the answer, for those who build. */
export function accept(request: RawRequest, config: OpenConfig, now: Date): Accepted {
  if (request.method !== 'POST') return refused(405, 'Only POST is understood')
  const doubt = webhookDoubt(request.headers, request.body, [config.secret], now)
  if (doubt !== null) return refused(401, doubt)
  const body = parseJson(request.body)
  const parsed = posted.safeParse(body)
  if (!parsed.success) return refused(400, `Neither an event nor events: ${firstDoubt(parsed.error)}`)
  const events = parsed.data.map((event) => rawEvent(event))
  const problems = events.flatMap(({ id, data }) =>
    normalise(data).flatMap((event) => (event.kind === 'unknown' ? [{ id, detail: event.summary }] : [])),
  )
  return { kind: 'accepted', events, response: answer(200, { accepted: events.length, problems }) }
}

function rawEvent(event: Record<string, unknown> & { id: string }): RawEvent {
  const { id, at, customer, thread } = event
  const known = groupIn(thread) ?? (isObject(customer) ? customer.id : undefined)
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN
  return {
    id,
    orderKey: typeof known === 'string' ? known.trim() : 'account',
    position: Number.isFinite(time) ? time : 0,
    data: toJson(event),
  }
}

/** What is said in a group is one conversation, whoever says it. */
const groupIn = (thread: unknown): unknown => (isObject(thread) && thread.kind === 'group' ? thread.key : undefined)

const answer = (status: number, body: object): RawResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const refused = (status: number, detail: string): Accepted => ({
  kind: 'refused',
  reason: detail,
  response: answer(status, { detail }),
})
