import { z } from 'zod'
import type { Accepted, RawEvent, RawRequest } from '../contract.ts'
import { acceptItems, hashOf, optionalText, textField } from '../families/sms-cn/callback.ts'
import { canonicalPhone } from '../families/sms-cn/phone.ts'
import { beijingTime } from '../families/sms-cn/time.ts'
import type { JsonObject } from '../json.ts'
import type { Config } from './config.ts'

/** What a customer wrote: https://help.aliyun.com/zh/sms/developer-reference/smsup-http (2026-11) */
export const upward = z.object({
  phone_number: textField,
  content: z.string(),
  send_time: z.string(),
  sequence_id: optionalText,
  dest_code: optionalText,
  sign_name: optionalText,
})
/** What became of a text: https://help.aliyun.com/document_detail/101867.html (2026-11) */
export const report = z.object({
  phone_number: optionalText,
  biz_id: textField,
  out_id: optionalText,
  success: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]),
  err_code: optionalText,
  err_msg: optionalText,
  send_time: optionalText,
  report_time: optionalText,
})
/** A decision about a template: https://help.aliyun.com/document_detail/120999.htm (2026-11) */
export const templateReport = z.object({
  template_code: z.string().min(1),
  template_status: z.enum(['approving', 'approved', 'rejected']),
  reason: optionalText,
  orderId: optionalText,
})
/** The same about a signature. */
export const signReport = z.object({
  sign_name: z.string().min(1),
  sign_status: z.enum(['approving', 'approved', 'rejected']),
  reason: optionalText,
  orderId: optionalText,
})

const acknowledgement = {
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ code: 0, msg: '接收成功' }),
}

/** Each kind of callback has an address in the console, which may be the same for all: they tell themselves apart. */
export const accept = (request: RawRequest, { callbackSecret }: Config, now: Date): Accepted =>
  acceptItems(request, callbackSecret, { acknowledgement, eventOf: (item) => eventOf(item, now) }, now)

function eventOf(item: JsonObject, now: Date): Omit<RawEvent, 'data'> | null {
  const said = upward.safeParse(item).data
  if (said) {
    const id = said.sequence_id === '' ? `up:${hashOf(item)}` : `up:${said.sequence_id}`
    return { id, ...placeOf(said.phone_number, said.send_time, now) }
  }
  const told = report.safeParse(item).data
  if (told) {
    const id = `report:${told.biz_id}:${told.phone_number}`
    return { id, ...placeOf(told.phone_number, told.report_time, now) }
  }
  return null
}

const placeOf = (phone: string, time: string, now: Date) => ({
  orderKey: canonicalPhone(phone) ?? 'account',
  position: (beijingTime(time) ?? now).getTime(),
})
