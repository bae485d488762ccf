import type { ChannelEvent, TemplateState } from '../events.ts'
import { phoneAliases } from '../families/sms/phone-address.ts'
import { hashOf, itemOf } from '../families/sms-cn/callback.ts'
import { undelivered } from '../families/sms-cn/outcome.ts'
import { canonicalPhone } from '../families/sms-cn/phone.ts'
import { beijingTime } from '../families/sms-cn/time.ts'
import type { Json, JsonObject } from '../json.ts'
import { report, signReport, templateReport, upward } from './accept.ts'
import type { Config } from './config.ts'

const states: Readonly<Record<string, TemplateState>> = {
  approving: 'pending',
  approved: 'approved',
  rejected: 'rejected',
}

export function normalise(data: Json, config: Config): ChannelEvent[] {
  const kept = itemOf(data)
  if (!kept) return [{ kind: 'unknown', at: new Date(0).toISOString(), summary: 'Not an item of a callback' }]
  const { item, receivedAt } = kept
  return [
    messageEvent(item, receivedAt) ??
      receiptEvent(item, receivedAt) ??
      templateEvent(item, receivedAt) ??
      signEvent(item, receivedAt, config) ?? {
        kind: 'unknown',
        at: receivedAt,
        summary: `A callback with ${Object.keys(item).join(', ') || 'nothing'}`.slice(0, 300),
      },
  ]
}

const timeOr = (text: string, receivedAt: string): string => beijingTime(text)?.toISOString() ?? receivedAt

function messageEvent(item: JsonObject, receivedAt: string): ChannelEvent | null {
  const said = upward.safeParse(item).data
  const address = said ? canonicalPhone(said.phone_number) : null
  if (!said || address === null) return null
  const extra = {
    ...(said.dest_code ? { destCode: said.dest_code } : {}),
    ...(said.sign_name ? { signName: said.sign_name } : {}),
  }
  return {
    kind: 'message',
    at: timeOr(said.send_time, receivedAt),
    from: { address, ...phoneAliases(address) },
    id: said.sequence_id || hashOf(item),
    content:
      said.content.trim() === ''
        ? { type: 'unsupported', summary: '空短信 An empty text' }
        : { type: 'text', text: said.content, markup: 'none' },
    ...(Object.keys(extra).length > 0 ? { extra } : {}),
  }
}

function receiptEvent(item: JsonObject, receivedAt: string): ChannelEvent | null {
  const told = report.safeParse(item).data
  if (!told) return null
  return {
    kind: 'receipt',
    at: timeOr(told.report_time || told.send_time, receivedAt),
    to: canonicalPhone(told.phone_number) ?? told.phone_number,
    state: told.success ? 'delivered' : 'failed',
    messageId: told.biz_id,
    ...(told.success ? {} : { problem: undelivered(told.err_code, told.err_msg) }),
    ...(told.out_id ? { key: told.out_id } : {}),
  }
}

function templateEvent(item: JsonObject, receivedAt: string): ChannelEvent | null {
  const told = templateReport.safeParse(item).data
  if (!told) return null
  return {
    kind: 'template',
    at: receivedAt,
    name: told.template_code,
    // A code is of one language, which is not told.
    language: '',
    state: states[told.template_status] ?? 'pending',
    ...(told.reason ? { reason: told.reason } : {}),
  }
}

function signEvent(item: JsonObject, receivedAt: string, { signName }: Config): ChannelEvent | null {
  const told = signReport.safeParse(item).data
  if (!told) return null
  if (told.sign_name !== signName || told.sign_status !== 'rejected') {
    return { kind: 'nothing', why: `Signature ${told.sign_name}: ${told.sign_status}` }
  }
  const detail = `短信签名未通过审核 The signature was rejected: ${told.reason || told.sign_name}`
  return { kind: 'account', at: receivedAt, problem: { code: 'not-permitted', detail } }
}
