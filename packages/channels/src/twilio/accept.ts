import type { Accepted, RawRequest } from '../contract.ts'
import type { JsonObject } from '../json.ts'
import { phoneAddress } from '../families/sms/phone-address.ts'
import type { Config } from './config.ts'
import { doubtAbout, formOf } from './signature.ts'

/** The parameter of our own by which a status names the send that it is about. */
export const keyParameter = 'key'

/** Nothing to say in return: an answer by TwiML would be a message that nobody wrote. */
const nothingToSay = {
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
}

export function accept(request: RawRequest, config: Config, now: Date): Accepted {
  const doubt = doubtAbout(request, config)
  if (doubt !== null) return { kind: 'refused', reason: doubt, response: { status: 403, body: '' } }
  const form = request.method === 'GET' ? request.url.searchParams : formOf(request)
  const sid = form.get('MessageSid') ?? form.get('SmsSid')
  if (!sid) return { kind: 'answer', response: nothingToSay }
  const status = statusOf(form)
  const peer = (status === null ? form.get('From') : form.get('To')) ?? ''
  const key = request.url.searchParams.get(keyParameter)
  return {
    kind: 'accepted',
    events: [
      {
        // Twilio numbers neither events nor tries: a message comes once, and has each status once.
        id: status === null ? sid : `${sid}:${status}`,
        orderKey: phoneAddress(peer) ?? (peer || 'account'),
        position: now.getTime(),
        data: { receivedAt: now.toISOString(), fields: fieldsOf(form), ...(key === null ? {} : { key }) },
      },
    ],
    response: nothingToSay,
  }
}

/** Null for a message of a customer, which says `received` under one of the names. */
function statusOf(form: URLSearchParams): string | null {
  const status = form.get('MessageStatus') ?? form.get('SmsStatus') ?? 'received'
  return status === 'received' || status === 'receiving' ? null : status
}

const fieldsOf = (form: URLSearchParams): JsonObject => Object.fromEntries(form)
