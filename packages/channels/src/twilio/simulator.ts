import { randomBytes } from 'node:crypto'
import { segmentsOf } from '../sms-segments.ts'
import {
  type ApiAnswer,
  type ApiRequest,
  createDeliverer,
  noFaults,
  numberOf,
  type Phone,
  type Said,
  serveApi,
  type Shown,
  type Simulator,
} from '../simulator.ts'
import { englishOptOut } from '../families/sms/opt-out-words.ts'
import { signatureOf } from './signature.ts'
import { doubtAboutMessage, refusal, type Refusal, takenByMms } from './simulator-rules.ts'

interface Options {
  now?: () => Date
  /** How long the address of a file's bytes is good. */
  fileMs?: number
  /** Most messages in a second before 20429. */
  perSecond?: number
  /** Words of the account's own for stop, beside the usual ones; with them Twilio says OptOutType. */
  stopWords?: readonly string[]
}
export interface TwilioSimulator extends Simulator {
  /** The account gets another Auth Token: requests with the old one are refused, and calls are signed with the new one. */
  renewToken(): void
  /** Where it calls for messages. */
  readonly calls: { url: string }
  /** How many segments each accepted message was counted as. */
  readonly segments: readonly number[]
}
interface Person extends Phone {
  screen: Shown[]
  optedOut: boolean
  /** Of what is sent to it: null arrives, a number is the error of the delivery. */
  fails: number | null
  /** What the API answers at once. */
  refused: Refusal | null
}

const hex = (prefix: string): string => prefix + randomBytes(16).toString('hex')
const sender = '+15550001111'

/** Programmable Messaging as documented, with one number that a messaging service uses too. */
export async function startSimulator({
  now = () => new Date(),
  fileMs = 3_600_000,
  perSecond = 100,
  stopWords = [],
}: Options = {}): Promise<TwilioSimulator> {
  const accountSid = hex('AC')
  let authToken = randomBytes(16).toString('hex')
  const numberSid = hex('PN')
  const faults = noFaults()
  const deliverer = createDeliverer(faults, [50, 250])
  const people = new Map<string, Person>()
  const files = new Map<string, { bytes: Buffer; mime: string }>()
  const places = new Map<string, { file: string; until: number }>()
  const refusals: string[] = []
  const segments: number[] = []
  const calls = { url: '' }
  const pending = new Set<Promise<unknown>>()
  let sentAt: number[] = []
  const server = await serveApi(faults, handle)
  const config = { accountSid, authToken, sender, mms: true, apiUrl: server.url, messagingUrl: server.url }
  const base = `/2010-04-01/Accounts/${accountSid}`

  function handle(request: ApiRequest): ApiAnswer {
    const { method, url, headers, body } = request
    const path = decodeURIComponent(url.pathname)
    if (path.startsWith('/bytes/')) return bytesAt(path, headers)
    if (headers.authorization !== `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`) {
      return refuse(refusal(20003, 'Authenticate', 401))
    }
    const form = new URLSearchParams(body.toString('utf8'))
    if (method === 'POST' && path === `${base}/Messages.json`) return take(form)
    if (path === `${base}.json`) return json({ sid: accountSid, status: 'active', type: 'Full' })
    if (path === `${base}/IncomingPhoneNumbers.json`) {
      const mine = url.searchParams.get('PhoneNumber') === sender
      return json({ incoming_phone_numbers: mine ? [numberOnWire()] : [] })
    }
    if (path === `${base}/IncomingPhoneNumbers/${numberSid}.json`) {
      calls.url = form.get('SmsUrl') ?? calls.url
      return json(numberOnWire())
    }
    if (/^\/v1\/Services\/MG[0-9a-f]{32}$/u.test(path)) {
      calls.url = form.get('InboundRequestUrl') ?? calls.url
      return json({ inbound_request_url: calls.url || null, use_inbound_webhook_on_number: false })
    }
    const file = files.get(path)
    if (!file) return refuse(refusal(20404, `The requested resource ${path} was not found`, 404))
    const place = `/bytes/${randomBytes(8).toString('hex')}`
    places.set(place, { file: path, until: now().getTime() + fileMs })
    return { status: 307, headers: { location: server.url + place }, body: '' }
  }
  const numberOnWire = () => ({
    sid: numberSid,
    phone_number: sender,
    sms_url: calls.url,
    capabilities: { sms: true, mms: true },
  })

  /** As stores of files do: what carries a signed address and a password besides is refused. */
  function bytesAt(path: string, headers: Record<string, string>): ApiAnswer {
    const place = places.get(path)
    const file = files.get(place?.file ?? '')
    if (!place || !file || place.until < now().getTime()) return { status: 403, body: 'Request has expired' }
    if (headers.authorization) return { status: 400, body: 'Only one auth mechanism allowed' }
    return { status: 200, headers: { 'content-type': file.mime }, body: file.bytes }
  }

  function take(form: URLSearchParams): ApiAnswer {
    const doubt = doubtAboutMessage(form)
    if (doubt) return refuse(doubt)
    const [to, from] = [form.get('To') ?? '', form.get('From') ?? sender]
    if (from !== sender)
      return refuse(refusal(21606, `The 'From' phone number ${from} is not a valid, message-capable number`))
    const time = now().getTime()
    sentAt = sentAt.filter((at) => at > time - 1000)
    if (sentAt.length >= perSecond) return refuse(refusal(20429, 'Too Many Requests', 429), { 'retry-after': '1' })
    sentAt.push(time)
    const person = [...people.values()].find(({ address }) => address === to)
    if (person?.refused) return refuse(person.refused)
    if (person?.optedOut) return refuse(refusal(21610, 'Attempt to send to unsubscribed recipient'))
    const media = form.getAll('MediaUrl')
    const sid = hex(media.length > 0 ? 'MM' : 'SM')
    const count = media.length > 0 ? 1 : segmentsOf(form.get('Body') ?? '').parts.length
    segments.push(count)
    track(carry(sid, form, person))
    return json({ sid, status: 'queued', num_segments: String(count), error_code: null, to, from }, 201)
  }
  function track(work: Promise<unknown>): void {
    pending.add(work)
    void work.finally(() => pending.delete(work))
  }

  /** After the answer: fetches files, hands over, tells each status. */
  async function carry(sid: string, form: URLSearchParams, person: Person | undefined): Promise<void> {
    const tell = (state: string, code?: number) => status(sid, form, state, code)
    const [address] = form.getAll('MediaUrl')
    const file = address === undefined ? undefined : await fetchFile(address)
    if (file === null) return tell('failed', 12_300)
    tell('sent')
    if (!person) return tell('undelivered', 30_005)
    if (person.fails !== null) return tell('undelivered', person.fails)
    person.screen.push({
      id: sid,
      mine: false,
      at: now().toISOString(),
      type: file ? (file.mime.split('/')[0] ?? 'file') : 'text',
      text: form.get('Body') ?? '',
      ...(file ? { media: { url: address ?? '', mime: file.mime, bytes: file.bytes } } : {}),
    })
    tell('delivered')
  }
  async function fetchFile(url: string): Promise<{ mime: string; bytes: number } | null> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
      const mime = response.headers.get('content-type')?.split(';')[0] ?? ''
      const { byteLength } = await response.arrayBuffer()
      return response.ok && takenByMms(mime) && byteLength <= 5_000_000 ? { mime, bytes: byteLength } : null
    } catch {
      return null
    }
  }

  function status(sid: string, form: URLSearchParams, state: string, code?: number): void {
    const callback = form.get('StatusCallback')
    if (!callback) return
    const [to, from] = [form.get('To') ?? '', form.get('From') ?? sender]
    const ids = { SmsSid: sid, MessageSid: sid, SmsStatus: state, MessageStatus: state }
    post(
      callback,
      {
        ...ids,
        To: to,
        From: from,
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        ...(code ? { ErrorCode: String(code) } : {}),
      },
      to,
    )
  }
  function post(url: string, fields: Record<string, string>, key: string): void {
    const sign = () => ({ headers: { 'x-twilio-signature': signatureOf(authToken, url, Object.entries(fields)) } })
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    const delivery = { url, headers, body: new URLSearchParams(fields).toString(), sign }
    // Twilio promises no order; here it is kept unless a test shuffles.
    void deliverer.send(delivery, faults.shuffleMs > 0 ? undefined : key)
  }

  function say(person: Person, said: Said): string {
    const words =
      said.type === 'text' ? said.text : said.type === 'location' ? (said.title ?? '') : (said.caption ?? '')
    const hasFile = 'bytes' in said
    const sid = hex(hasFile ? 'MM' : 'SM')
    const media: Record<string, string> = {}
    if (hasFile) {
      const path = `${base}/Messages/${sid}/Media/${hex('ME')}`
      files.set(path, { bytes: said.bytes, mime: said.mime })
      media.MediaUrl0 = server.url + path
      media.MediaContentType0 = said.mime
    }
    person.screen.push({ id: sid, mine: true, at: now().toISOString(), type: said.type, text: words })
    const word = words.trim().toUpperCase()
    const optOutType = optOut(person, word)
    const fields = {
      ToCountry: 'US',
      MessageSid: sid,
      SmsMessageSid: sid,
      SmsSid: sid,
      SmsStatus: 'received',
      Body: words,
      From: person.address,
      To: sender,
      NumMedia: hasFile ? '1' : '0',
      NumSegments: String(segmentsOf(words).parts.length),
      AccountSid: accountSid,
      ApiVersion: '2010-04-01',
      ...media,
      ...(stopWords.length > 0 && optOutType ? { OptOutType: optOutType } : {}),
    }
    if (calls.url !== '') post(calls.url, fields, person.address)
    return sid
  }
  /** Twilio keeps the list itself and answers in the business's name. */
  function optOut(person: Person, word: string): string | null {
    const type = [...englishOptOut.stop, ...stopWords].includes(word)
      ? 'STOP'
      : englishOptOut.start.includes(word)
        ? 'START'
        : word === 'HELP' || word === 'INFO'
          ? 'HELP'
          : null
    if (type === null || (type === 'START' && !person.optedOut)) return null
    if (type !== 'HELP') person.optedOut = type === 'STOP'
    const text = {
      STOP: 'You have successfully been unsubscribed.',
      START: 'You have successfully been re-subscribed.',
      HELP: 'Reply STOP to unsubscribe.',
    }[type]
    person.screen.push({ id: hex('SM'), mine: false, at: now().toISOString(), type: 'text', text })
    return type
  }

  const acts: Readonly<Record<string, (person: Person, words: string) => unknown>> = {
    off: (person) => (person.fails = 30_003),
    on: (person) => (person.fails = null),
    fail: (person, code) => (person.fails = Number(code)),
    block: (person) => (person.fails = 30_004),
    unblock: (person) => (person.fails = null),
    landline: (person) =>
      (person.refused = refusal(21614, `'To' number ${person.address} is not a valid mobile number`)),
    refuse: (person, code) => (person.refused = refusal(Number(code), 'Refused')),
    stop: (person) => say(person, { type: 'text', text: 'STOP' }),
    start: (person) => say(person, { type: 'text', text: 'START' }),
  }
  function newPerson(name: string): Person {
    const person: Person = {
      address: `+1555${String(2_000_000 + numberOf(name, 8_000_000))}`,
      screen: [],
      optedOut: false,
      fails: null,
      refused: null,
      say: async (said) => say(person, said),
      async act(act) {
        const [verb = '', ...words] = act.split(':')
        const done = acts[verb]
        if (!done) throw new Error(`Nobody can ${verb} here`)
        done(person, words.join(':'))
      },
      // Nobody is told who has read a text message.
      read: async () => undefined,
    }
    return person
  }

  const json = (value: object, code = 200): ApiAnswer => ({
    status: code,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  })
  function refuse({ status: code, ...error }: Refusal, headers = {}): ApiAnswer {
    refusals.push(String(error.code))
    const answer = json({ ...error, more_info: `https://www.twilio.com/docs/errors/${error.code}`, status: code }, code)
    return { ...answer, headers: { ...answer.headers, ...headers } }
  }

  return {
    config,
    pointTo: (url) => void (calls.url = url),
    phone(name) {
      const person = people.get(name) ?? newPerson(name)
      people.set(name, person)
      return person
    },
    faults,
    refusals,
    segments,
    calls,
    renewToken: () => void (authToken = randomBytes(16).toString('hex')),
    async settled() {
      while (pending.size > 0) await Promise.all(pending)
      await deliverer.settled()
    },
    async stop() {
      deliverer.stop()
      await server.stop()
    },
  }
}
