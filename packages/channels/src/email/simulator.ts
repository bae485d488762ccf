import { createHmac, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parseMail } from '@qiao/mail'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import {
  createDeliverer,
  nextFault,
  madeSecret,
  noFaults,
  numberOf,
  type Phone,
  type Said,
  type Shown,
  type ShownFile,
  type Simulator,
  type SimulatorOptions,
} from '../simulator.ts'
import { absenceMail, bouncedMail, type Thread, writtenMail } from './simulator-mails.ts'

interface Person extends Phone {
  readonly name: string
  screen: Shown[]
  thread: Thread
  /** Where it writes to: what the business last wanted answers to. */
  to: string
  manner: 'ordinary' | 'absent' | 'bounces' | 'refused' | 'full'
}

const shop = 'help@shop.example'
/** What others call so; to mail servers 500 and 503 would be mistakes of ours, for good. */
const passing: Readonly<Record<number, readonly [number, string]>> = {
  429: [450, '4.7.1 Too many mails, try again later'],
  500: [451, '4.3.0 Local error in processing'],
  503: [451, '4.3.2 System not accepting mails'],
}

/**
 * A business's mail service: it takes what the business sends by SMTP, and hands over what customers write in the shape
 * of Mailgun's routes. A phone is a customer's mail program, which keeps to one thread.
 */
export async function startSimulator({ now = () => new Date() }: SimulatorOptions = {}): Promise<Simulator> {
  const [password, webhookKey] = [madeSecret(), madeSecret()]
  const faults = noFaults()
  const deliverer = createDeliverer(faults, [50, 250])
  const people = new Map<string, Person>()
  const files = new Map<string, ShownFile>()
  const refusals: string[] = []
  const pending = new Set<Promise<unknown>>()
  let callbackUrl = ''

  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    size: 35 * 1024 * 1024,
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.username === shop && auth.password === password
        ? done(null, { user: shop })
        : done(refusal(535, '5.7.8 Username and Password not accepted')),
    onMailFrom(_address, session, done) {
      const fault = faults.next[0] === 'silence-after' ? faults.always : nextFault(faults)
      if (fault === 'silence') return cut(session)
      if (typeof fault !== 'number') return done()
      const [code, words] = passing[fault] ?? [fault]
      done(wire(code, words))
    },
    onRcptTo({ address }, _session, done) {
      const manner =
        [...people.values()].find((person) => person.address === address.toLowerCase())?.manner ?? 'refused'
      if (manner === 'refused') return done(refusal(550, `5.1.1 <${address}>: User unknown`))
      if (manner === 'full') return done(refusal(452, `4.2.2 <${address}>: Mailbox full`))
      done()
    },
    onData(stream, session, done) {
      track(takeLetter(stream, session, done))
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  const { port } = server.server.address() as AddressInfo

  async function takeLetter(stream: Readable, session: SMTPServerSession, done: () => void): Promise<void> {
    const raw = await buffer(stream).catch(() => null)
    // The connection broke: nobody waits for an answer.
    if (!raw) return
    const fault = faults.next[0] === 'silence-after' ? nextFault(faults) : undefined
    arrive(raw, session)
    if (fault) return cut(session)
    done()
    faults.onAnswered?.()
  }
  function refusal(responseCode: number, words: string): Error {
    refusals.push(String(responseCode))
    return wire(responseCode, words)
  }
  /** Without an answer. */
  function cut({ id }: SMTPServerSession): void {
    for (const connection of server.connections) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- not in its types
      const { session, _socket: socket } = connection as unknown as Connection
      if (session.id === id) socket.destroy()
    }
  }
  function track(work: Promise<unknown>): void {
    pending.add(work)
    void work.finally(() => pending.delete(work))
  }

  function arrive(raw: Buffer, { envelope }: SMTPServerSession): void {
    const mail = parseMail(raw)
    const messageId = mail.messageId ?? `<${randomUUID()}@shop.example>`
    for (const { address } of envelope.rcptTo) {
      const person = [...people.values()].find((one) => one.address === address.toLowerCase())
      if (!person || person.screen.some(({ id }) => id === messageId)) continue
      if (person.manner === 'bounces') {
        hand(person, bouncedMail(address, shop, newId(), raw), '')
        continue
      }
      const [file] = mail.attachments
      if (file) files.set(file.sha256, { bytes: Buffer.from(file.content), mime: file.mime })
      person.screen.push({
        id: messageId,
        mine: false,
        at: now().toISOString(),
        type: file ? kindOf(file.mime) : 'text',
        text: mail.keptText.trim() || mail.text.trim() || (file?.filename ?? ''),
        ...(file ? { media: { id: file.sha256, mime: file.mime, name: file.filename, bytes: file.bytes } } : {}),
      })
      const { name, address: from } = mail.from ?? { name: '', address: shop }
      person.to = mail.replyTo[0]?.address ?? from
      person.thread = {
        subject: person.thread.ids.length > 0 ? person.thread.subject : mail.subject,
        ids: [...person.thread.ids, messageId],
        quoted: { from: name || from, at: now().toUTCString(), text: mail.text.trim() },
      }
      const writer = { name: person.name, address: person.address, to: shop, messageId: newId(), at: now() }
      if (person.manner === 'absent' && mail.auto.kind === 'none') {
        track(absenceMail(writer, messageId).then((absence) => hand(person, absence, person.address)))
      }
    }
  }

  async function say(person: Person, said: Said): Promise<string> {
    const messageId = newId()
    const words =
      said.type === 'text' ? said.text : said.type === 'location' ? (said.title ?? '') : (said.caption ?? '')
    if (person.thread.ids.length === 0) person.thread = { ...person.thread, subject: words.slice(0, 40) || '你好' }
    const { thread, name, address, to } = person
    person.thread = { ...thread, ids: [...thread.ids, messageId], quoted: null }
    person.screen.push({ id: messageId, mine: true, at: now().toISOString(), type: said.type, text: words })
    hand(person, await writtenMail({ name, address, to, messageId, at: now() }, said, thread), address)
    return messageId
  }
  /** https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http */
  function hand(person: Person, raw: Buffer, sender: string): void {
    if (callbackUrl === '') return
    const [timestamp, token] = [String(Math.floor(now().getTime() / 1000)), madeSecret()]
    const signature = createHmac('sha256', webhookKey)
      .update(timestamp + token)
      .digest('hex')
    const boundary = madeSecret()
    const parts = Object.entries({ timestamp, token, signature, sender, recipient: person.to, 'body-mime': raw })
    const pieces = parts.flatMap(([name, value]) => [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
      Buffer.from(value),
      Buffer.from('\r\n'),
    ])
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
    const body = Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])
    const delivery = { url: `${callbackUrl}?format=mime`, headers, body }
    void deliverer.send(delivery, faults.shuffleMs > 0 ? undefined : person.address)
  }

  const manners: Readonly<Record<string, Person['manner']>> = {
    absent: 'absent',
    present: 'ordinary',
    bounce: 'bounces',
    refuse: 'refused',
    full: 'full',
    allow: 'ordinary',
  }
  function newPerson(name: string): Person {
    const local = /^[\w.-]{1,40}$/u.test(name) ? name.toLowerCase() : `customer-${numberOf(name, 1_000_000)}`
    const person: Person = {
      name,
      address: `${local}@customers.example`,
      screen: [],
      thread: { subject: '', ids: [], quoted: null },
      to: shop,
      manner: 'ordinary',
      say: (said) => say(person, said),
      async act(act) {
        const manner = manners[act]
        if (act === 'new') person.thread = { subject: '', ids: [], quoted: null }
        else if (manner) person.manner = manner
        else throw new Error(`Nobody can ${act} here`)
      },
      // Nobody is told who has read a mail.
      read: async () => undefined,
    }
    return person
  }

  return {
    config: {
      address: shop,
      displayName: '山茶集',
      password,
      smtpHost: '127.0.0.1',
      smtpPort: port,
      smtpSecurity: 'none',
      webhook: 'mailgun',
      webhookKey,
      verifySenders: false,
    },
    pointTo: (url) => void (callbackUrl = url),
    phone(name) {
      const person = people.get(name) ?? newPerson(name)
      people.set(name, person)
      return person
    },
    faults,
    refusals,
    file: (id) => files.get(id),
    async settled() {
      while (pending.size > 0) await Promise.all(pending)
      await deliverer.settled()
    },
    async stop() {
      deliverer.stop()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

interface Connection {
  session: { id: string }
  _socket: { destroy(): void }
}
const newId = (): string => `<${randomUUID()}@customers.example>`
const wire = (responseCode: number, words = `Fault ${responseCode}`): Error =>
  Object.assign(new Error(words), { responseCode })
function kindOf(mime: string): string {
  const [kind = ''] = mime.split('/')
  return ['image', 'audio', 'video'].includes(kind) ? kind : 'file'
}
