import { z } from 'zod'
import { type Context, isProblem, type SendResult } from '../contract.ts'
import type { JsonObject } from '../json.ts'
import { callApi, problemOf, resultOf } from '../families/wechat/api.ts'
import { digest } from '../families/wechat/crypto.ts'
import { problem } from '../families/wechat/words.ts'
import { speakable } from '../speakable.ts'
import { wecomApi } from './api.ts'
import type { Config } from './config.ts'

/**
 * Some events bring a code that allows one message when nothing else does: entering and ending for 20 seconds, waiting and
 * being taken over for 48 hours. https://developer.work.weixin.qq.com/document/path/94678 (2026-11)
 */
const withCode = z.object({
  msgid: z.string(),
  send_time: z.coerce.number(),
  event: z.object({
    event_type: z.enum(['enter_session', 'session_status_change']),
    external_userid: z.string().min(1),
    welcome_code: z.string().min(1).optional(),
    msg_code: z.string().min(1).optional(),
    change_type: z.coerce.number().optional(),
  }),
})
const nameOf = (customer: string): string => `event-code:${customer}`
const shortMs = 20_000
const longMs = 172_800_000
const leftOf = (seconds: number, ms: number, { now }: Pick<Context<Config>, 'now'>): number =>
  seconds * 1000 + ms - now().getTime()

/** For whoever answers in time: a bot, an agent who says good-bye. */
export async function keepCode(message: unknown, context: Context<Config>): Promise<void> {
  const parsed = withCode.safeParse(message)
  const {
    welcome_code: welcome,
    msg_code: other,
    change_type: change,
    external_userid: to = '',
  } = parsed.data?.event ?? {}
  const code = welcome ?? other
  if (!parsed.success || code === undefined) return
  const expiresInMs = leftOf(parsed.data.send_time, welcome || change === 3 ? shortMs : longMs, context)
  if (expiresInMs <= 0) return
  const older = await context.tokens.get(nameOf(to), async () => ({ value: code, expiresInMs }))
  if (isProblem(older) || older === code) return
  await context.tokens.drop(nameOf(to), older)
  await context.tokens.get(nameOf(to), async () => ({ value: code, expiresInMs }))
}

/** Done while the event is fetched: nobody else would be in time. A repeat is refused, for a code is good once. */
export async function greet(message: unknown, context: Context<Config>): Promise<void> {
  const parsed = withCode.safeParse(message)
  const code = parsed.data?.event.welcome_code
  const { welcome } = context.config
  if (!parsed.success || code === undefined || !welcome) return keepCode(message, context)
  // The first pull of an account brings three days.
  if (leftOf(parsed.data.send_time, shortMs, context) <= 0) return
  const msgid = digest(`welcome ${parsed.data.msgid}`, 32)
  const json = { code, msgid, msgtype: 'text', text: { content: speakable(welcome) } }
  const answer = await callApi(context, wecomApi, { path: 'cgi-bin/kf/send_msg_on_event', json })
  if (answer.kind !== 'ok') context.log.warn({ problem: problemOf(answer) }, 'The welcome was not sent')
}

/** Null when there is no code for the customer, it cannot carry such a message or is no longer good. */
export async function sendWithCode(request: JsonObject, context: Context<Config>): Promise<SendResult | null> {
  const { touser, open_kfid: _account, ...message } = request
  if (typeof touser !== 'string' || (message.msgtype !== 'text' && message.msgtype !== 'msgmenu')) return null
  const none = problem('window-closed')
  const code = await context.tokens.get(nameOf(touser), async () => none)
  if (isProblem(code)) return null
  const answer = await callApi(context, wecomApi, { path: 'cgi-bin/kf/send_msg_on_event', json: { code, ...message } })
  const result = answer.kind === 'ok' ? null : resultOf(answer)
  if (result?.kind === 'retry') return result
  await context.tokens.drop(nameOf(touser), code)
  if (result) return result.kind === 'rejected' ? null : result
  return { kind: 'accepted', messageId: typeof message.msgid === 'string' ? message.msgid : null }
}
