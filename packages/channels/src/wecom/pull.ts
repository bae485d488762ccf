import { z } from 'zod'
import type { Context, Pull, PullResult, RawEvent } from '../contract.ts'
import { isObject, type Json } from '../json.ts'
import { callApi, problemOf, resultOf } from '../families/wechat/api.ts'
import { digest } from '../families/wechat/crypto.ts'
import { toJson } from '../without-undefined.ts'
import { wecomApi } from './api.ts'
import type { Config } from './config.ts'
import { greet, keepCode } from './event-codes.ts'

const page = z.object({
  next_cursor: z.string().optional().catch(undefined),
  has_more: z.coerce.number().catch(0),
  msg_list: z.array(z.unknown()).catch([]),
})
const message = z.looseObject({
  msgid: z.string().min(1),
  send_time: z.coerce.number().int().nonnegative().catch(0),
  external_userid: z.string().optional().catch(undefined),
  event: z
    .object({ external_userid: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

/** `hint`: the token of the callback, good for ten minutes; without one WeCom soon says that it is asked too often. */
export const pull: Pull<Config> = {
  everyMs: 60_000,
  async fetch(state, context, hint) {
    const cursor = isObject(state) && typeof state.cursor === 'string' ? state.cursor : ''
    const token = typeof hint === 'string' && hint !== '' ? hint : undefined
    const answer = await ask(cursor, token, context)
    const spent = answer.kind === 'refused' && answer.code === 95_007 && token !== undefined
    return read(spent ? await ask(cursor, undefined, context) : answer, cursor, context)
  },
}

const ask = (cursor: string, token: string | undefined, context: Context<Config>) =>
  callApi(context, wecomApi, {
    path: 'cgi-bin/kf/sync_msg',
    json: {
      cursor,
      ...(token ? { token } : {}),
      limit: 1000,
      voice_format: 0,
      open_kfid: context.config.openKfId,
    },
  })

async function read(
  answer: Awaited<ReturnType<typeof ask>>,
  cursor: string,
  context: Context<Config>,
): Promise<PullResult> {
  if (answer.kind !== 'ok') {
    const result = resultOf(answer, true)
    return { kind: 'failed', problem: problemOf(answer), afterMs: result.kind === 'retry' ? result.afterMs : null }
  }
  const { next_cursor: next, has_more: more, msg_list: messages } = page.parse(answer.value)
  for (const one of messages) {
    if (context.config.welcome) await greet(one, context)
    else await keepCode(one, context)
  }
  // Without another cursor the same page would come for ever.
  const goesOn = more === 1 && Boolean(next) && next !== cursor
  return { kind: 'fetched', events: messages.map(eventOf), state: { cursor: next || cursor }, more: goesOn }
}

function eventOf(one: unknown): RawEvent {
  const data: Json = isObject(one) ? toJson(one) : null
  const parsed = message.safeParse(one)
  if (!parsed.success) {
    return { id: `x${digest(JSON.stringify(data), 40)}`, orderKey: 'account', position: 0, data }
  }
  const { msgid: id, send_time: seconds, external_userid: customer, event } = parsed.data
  return { id, orderKey: customer || event?.external_userid || 'account', position: seconds * 1000, data }
}
