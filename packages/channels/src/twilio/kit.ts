import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js'
import type { Kit } from '../conformance.ts'
import type { HttpResponse, RawRequest } from '../contract.ts'
import type { JsonObject } from '../json.ts'
import type { ProblemCode } from '../problem.ts'
import type { Config } from './config.ts'
import { fixtures, now, testConfig } from './fixtures.ts'
import { doubtAboutMessage } from './simulator-rules.ts'

const callback = 'https://qiao.example/channels/twilio'

/** Signed by Twilio's own library, so that ours is compared with theirs each time. */
export function signed(body: Buffer, query = '', secret = testConfig.authToken): RawRequest {
  const form = new URLSearchParams(body.toString('utf8'))
  const fields = Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]))
  const url = callback + query
  return {
    method: 'POST',
    url: new URL(url),
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': getExpectedTwilioSignature(secret, url, fields),
    },
    body,
  }
}
function signedGet(fields: Readonly<Record<string, string>>): RawRequest {
  const url = new URL(`${callback}?${new URLSearchParams(fields).toString()}`)
  const signature = getExpectedTwilioSignature(testConfig.authToken, url.href, {})
  return { method: 'GET', url, headers: { 'x-twilio-signature': signature }, body: Buffer.alloc(0) }
}
const formBody = (fields: Readonly<Record<string, string>>): Buffer =>
  Buffer.from(new URLSearchParams(fields).toString())

function formFrom(request: JsonObject): URLSearchParams {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(request))
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  return form
}

const answer = (status: number, body: object, headers = {}): HttpResponse => ({
  kind: 'answer',
  status,
  headers,
  body: Buffer.from(JSON.stringify(body)),
})
const error = (status: number, code: number, message = 'Said by Twilio'): HttpResponse =>
  answer(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status })

const refusals: readonly [number, number, ProblemCode, 'retry' | 'rejected'][] = [
  [401, 20003, 'credentials-refused', 'rejected'],
  [404, 20404, 'credentials-refused', 'rejected'],
  [403, 20005, 'account-restricted', 'rejected'],
  [429, 20429, 'rate-limited', 'retry'],
  [400, 14107, 'rate-limited', 'retry'],
  [400, 21611, 'rate-limited', 'retry'],
  [503, 20503, 'provider-failed', 'retry'],
  [400, 21730, 'provider-failed', 'retry'],
  [400, 21211, 'address-unknown', 'rejected'],
  [400, 21408, 'not-permitted', 'rejected'],
  [400, 21606, 'not-permitted', 'rejected'],
  [400, 21608, 'not-permitted', 'rejected'],
  [400, 21609, 'callback-wrong', 'rejected'],
  [400, 21610, 'opted-out', 'rejected'],
  [400, 21612, 'unreachable', 'rejected'],
  [400, 21614, 'unreachable', 'rejected'],
  [400, 21617, 'too-long', 'rejected'],
  [400, 21619, 'content-refused', 'rejected'],
  [400, 21620, 'media-refused', 'rejected'],
  [400, 21635, 'unreachable', 'rejected'],
  [400, 21705, 'not-permitted', 'rejected'],
  [400, 30004, 'blocked-us', 'rejected'],
  [400, 30010, 'payment-needed', 'rejected'],
  [400, 30019, 'too-large', 'rejected'],
  [400, 30023, 'quota-used', 'rejected'],
  [400, 30034, 'not-permitted', 'rejected'],
  [400, 99_999, 'content-refused', 'rejected'],
]

export const kit: Kit<Config> = {
  config: testConfig,
  otherSecrets: { ...testConfig, authToken: 'another-auth-token-of-twilio' },
  secrets: [testConfig.authToken, testConfig.apiKeySecret ?? '', testConfig.sharedKeySecret ?? ''],
  now,
  to: '+15552223333',
  fixtures: fixtures.map(({ fields, query, get, ...fixture }) => ({
    ...fixture,
    request: get ? signedGet(fields) : signed(formBody(fields), query),
  })),
  sign: (body) => signed(body),
  forgeries: [
    ({ headers: { 'x-twilio-signature': _signature, ...headers }, ...request }) => ({ ...request, headers }),
    (request) => ({ ...request, headers: { ...request.headers, 'x-twilio-signature': `${'A'.repeat(27)}=` } }),
    (request) => ({ ...request, url: new URL(`${request.url.href}${request.url.search ? '&' : '?'}a=1`) }),
    (request) => ({ ...request, url: new URL(request.url.href.replace('qiao.example', 'other.example')) }),
    (request) =>
      request.method === 'GET'
        ? { ...request, url: new URL(request.url.href.replace('Hi', 'Ho')) }
        : { ...request, body: Buffer.concat([request.body, Buffer.from('&Body=x')]) },
  ],
  breaks({ request }) {
    const doubt = doubtAboutMessage(formFrom(request))
    return doubt === null ? [] : [`${doubt.code}: ${doubt.message}`]
  },
  wordsOf: ({ request }) => (typeof request.Body === 'string' ? request.Body : ''),
  answers: [
    {
      name: 'queued',
      answers: [answer(201, { sid: 'SM1', status: 'queued', num_segments: '1', error_code: null })],
      gives: { kind: 'accepted', messageId: 'SM1' },
    },
    { name: 'queued without a name', answers: [answer(201, {})], gives: { kind: 'accepted', messageId: null } },
    ...refusals.map(([status, code, problem, kind]) => ({
      name: `${code} (${problem})`,
      answers: [error(status, code)],
      gives: { kind },
    })),
    {
      name: '20003 that repeats the secret',
      answers: [error(401, 20003, `Authentication Error with ${testConfig.apiKeySecret}`)],
      gives: { kind: 'rejected' },
    },
    {
      name: '429 without words',
      answers: [answer(429, {}, { 'retry-after': '7' })],
      gives: { kind: 'retry', afterMs: 7000 },
    },
    { name: 'an error of theirs in the middle', answers: [error(500, 20500)], gives: { kind: 'unknown' } },
    { name: 'a gateway without patience', answers: [answer(504, {})], gives: { kind: 'unknown' } },
    {
      name: 'a page instead of an answer',
      answers: [{ kind: 'answer', status: 200, headers: {}, body: Buffer.from('<html>') }],
      gives: { kind: 'unknown' },
    },
  ],
}

export const problemsByCode = refusals.map(([status, code, problem]) => ({
  code,
  problem,
  answer: error(status, code),
}))
