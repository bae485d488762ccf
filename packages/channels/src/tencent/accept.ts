import { z } from 'zod'
import type { Accepted, RawEvent, RawRequest } from '../contract.ts'
import { acceptItems, hashOf, optionalText, textField } from '../families/sms-cn/callback.ts'
import { canonicalPhone } from '../families/sms-cn/phone.ts'
import { beijingTime } from '../families/sms-cn/time.ts'
import type { JsonObject } from '../json.ts'
import type { Config } from './config.ts'

/** What a customer wrote: https://cloud.tencent.com/document/api/382/59179 (2026-11) */
export const reply = z.object({
  mobile: textField,
  nationcode: optionalText,
  text: z.string(),
  /** Seconds; far ones would be no date. */
  time: z.coerce.number().int().min(0).max(99_999_999_999),
  sign: optionalText,
  extend: optionalText,
})
export type Said = z.infer<typeof reply>
/** What became of a text: https://cloud.tencent.com/document/api/382/59178 (2026-01-05) */
export const status = z.object({
  mobile: optionalText,
  nationcode: optionalText,
  report_status: z.enum(['SUCCESS', 'FAIL']),
  errmsg: optionalText,
  description: optionalText,
  sid: textField,
  user_receive_time: optionalText,
  ext: optionalText,
})

const acknowledgement = {
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ result: 0, errmsg: 'OK' }),
}

/** Reports come as a list, replies one by one; both may come to the same address. */
export const accept = (request: RawRequest, { callbackSecret }: Config, now: Date): Accepted =>
  acceptItems(request, callbackSecret, { acknowledgement, eventOf: (item) => eventOf(item, now) }, now)

function eventOf(item: JsonObject, now: Date): Omit<RawEvent, 'data'> | null {
  const said = reply.safeParse(item).data
  if (said) {
    return { id: `reply:${replyId(said)}`, orderKey: phoneOf(said) ?? 'account', position: said.time * 1000 }
  }
  const told = status.safeParse(item).data
  if (!told) return null
  return {
    id: `report:${told.sid}:${told.mobile}:${told.report_status}`,
    orderKey: phoneOf(told) ?? 'account',
    position: (beijingTime(told.user_receive_time) ?? now).getTime(),
  }
}

export const phoneOf = ({ nationcode, mobile }: { nationcode: string; mobile: string }): string | null =>
  canonicalPhone(nationcode === '' ? mobile : `+${nationcode.replace(/^\+/u, '')}${mobile}`)

/** Replies have no id: who, when and what. */
export const replyId = ({ nationcode, mobile, time, text }: Said): string =>
  `${nationcode}${mobile}:${time}:${hashOf(text).slice(0, 16)}`
