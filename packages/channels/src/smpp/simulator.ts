import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { nextFault, noFaults, numberOf, type Phone, type Said, type Shown, type Simulator } from '../simulator.ts'
import { segmentsOf } from '../sms-segments.ts'
import { type Connection, createServer, encodings, type Fields, PDU, type Pdu } from './library.ts'
import { readSubmission, type Submission } from './simulator-rules.ts'

interface Options {
  now?: () => Date
  firstId?: number
  /** How it writes ids: responses in hexadecimal and receipts in decimal, as some do. */
  ids?: 'same' | 'decimal-of-hex' | 'hex-of-decimal'
  receipts?: 'text' | 'parameters' | 'both'
  /** How phones' long messages come. */
  parts?: 'udh' | 'udh-16' | 'sar' | 'payload'
  perSecond?: number
  window?: number
  /** Most connections of the account. */
  binds?: number
  /** Submissions are answered after this long. */
  answerMs?: number
  /** One delivery at a time, as gateways with a window of one do. */
  oneAtATime?: boolean
}
export interface SmppSimulator extends Simulator {
  /** Every connection is lost. */
  drop(): void
  /** Stops answering enquire_link, or answers again. */
  freeze(frozen: boolean): void
  /** What was bound, oldest first. */
  readonly binds: readonly string[]
  /** How many enquire_link were answered. */
  enquiries(): number
  /** Most submissions that waited for an answer at once. */
  mostWaiting(): number
  /** Deliveries by the parts of what phones said: acknowledged, or still waiting. */
  unacknowledged(): number
  /** Sends a delivery as it is given. */
  deliver(fields: Fields): void
}
interface Person extends Phone {
  screen: Shown[]
  /** What becomes of messages to it; null arrives. */
  fails: string | null
  refused: number | null
}
interface Delivery {
  fields: Fields
  sent: boolean
  again: boolean
  /** What a phone says comes in its order, the parts of one message together. */
  said: { by: string; id: string } | null
}

/** What others call so: throttled, a system error, a temporary one. */
const statuses: Readonly<Record<number, number>> = { 429: 0x58, 500: 0x08, 503: 0x64 }
const credentials = { systemId: 'qiao', password: 'secret08' }
const number = '106900001111'

/** An SMSC for one account, made with the server of the package: phones, receipts, windows and throttling. */
export async function startSimulator({
  now = () => new Date(),
  firstId = 4_000,
  ids = 'same',
  receipts = 'both',
  parts = 'udh',
  perSecond = 500,
  window = 50,
  binds: mostBinds = 10,
  answerMs = 0,
  oneAtATime = false,
}: Options = {}): Promise<SmppSimulator> {
  const faults = noFaults()
  const people = new Map<string, Person>()
  const refusals: string[] = []
  const binds: string[] = []
  const bound = new Map<Connection, string>()
  const outbox: Delivery[] = []
  const joined = new Map<string, Submission[]>()
  const last = { message: firstId, reference: 0 }
  let frozen = false
  let enquiries = 0
  let [waiting, most] = [0, 0]
  let submittedAt: number[] = []
  let tellDone: () => void = () => undefined
  let working = 0
  const server = createServer((session) => serve(session))

  function serve(session: Connection): void {
    session.on('error', () => session.destroy())
    session.on('close', () => {
      bound.delete(session)
      for (const delivery of outbox) delivery.sent = false
    })
    session.on('pdu', (pdu: Pdu) => {
      if (pdu.isResponse()) return
      if (pdu.command.startsWith('bind_')) return bind(session, pdu)
      if (pdu.command === 'enquire_link') {
        if (frozen) return
        enquiries += 1
        return void session.send(pdu.response())
      }
      if (pdu.command === 'unbind') {
        bound.delete(session)
        session.send(pdu.response())
        return session.close()
      }
      if (pdu.command === 'submit_sm') return void work(submit(session, pdu))
      return void session.send(pdu.response({ command_status: 0x03 }))
    })
  }
  function bind(session: Connection, pdu: Pdu): void {
    const status =
      pdu.system_id !== credentials.systemId
        ? 0x0f
        : pdu.password !== credentials.password
          ? 0x0e
          : pdu.interface_version !== 0x34
            ? 0x0d
            : bound.has(session)
              ? 0x05
              : bound.size >= mostBinds
                ? 0x0d
                : 0
    if (status !== 0) return refuse(session, pdu, status)
    bound.set(session, pdu.command)
    binds.push(pdu.command)
    session.send(pdu.response({ system_id: 'SMSC' }), undefined, () => pump())
  }
  function refuse(session: Connection, pdu: Pdu, status: number): void {
    refusals.push(`0x${status.toString(16)}`)
    session.send(pdu.response({ command_status: status }))
  }
  const isBusy = () => working > 0 || outbox.length > 0
  async function work(done: Promise<void>): Promise<void> {
    working += 1
    await done.finally(() => (working -= 1))
    tellDone()
  }

  async function submit(session: Connection, pdu: Pdu): Promise<void> {
    const fault = nextFault(faults)
    if (fault === 'silence') return session.destroy()
    if (typeof fault === 'number') return refuse(session, pdu, statuses[fault] ?? fault)
    if (!bound.has(session) || bound.get(session) === 'bind_receiver') return refuse(session, pdu, 0x04)
    const submission = readSubmission(pdu)
    if (typeof submission === 'number') return refuse(session, pdu, submission)
    const time = now().getTime()
    submittedAt = submittedAt.filter((at) => at > time - 1000)
    if (submittedAt.length >= perSecond || waiting >= window) return refuse(session, pdu, 0x58)
    const person = [...people.values()].find(({ address }) => address === `+${submission.to}`)
    if (person?.refused) return refuse(session, pdu, person.refused)
    submittedAt.push(time)
    waiting += 1
    most = Math.max(most, waiting)
    if (answerMs > 0) await sleep(answerMs)
    waiting -= 1
    const id = (last.message += 1)
    if (fault === 'silence-after') session.destroy()
    else session.send(pdu.response({ message_id: ids === 'decimal-of-hex' ? id.toString(16) : String(id) }))
    if (person && person.fails === null) show(person, submission, String(id))
    faults.onAnswered?.()
    if ((pdu.registered_delivery ?? 0) % 2 === 1) tellOf(pdu, id, person ? (person.fails ?? 'DELIVRD') : 'UNDELIV')
  }

  /** A long message is on the screen once all of it is there. */
  function show(person: Person, submission: Submission, id: string): void {
    const key = `${submission.to} ${submission.reference}`
    const known = [...(joined.get(key) ?? []), submission]
    joined.set(key, known)
    if (known.length < submission.total) return
    joined.delete(key)
    const text = known
      .toSorted((one, other) => one.number - other.number)
      .map((part) => part.text)
      .join('')
    person.screen.push({ id, mine: false, at: now().toISOString(), type: 'text', text })
  }

  function tellOf(pdu: Pdu, id: number, stat: string): void {
    const written = ids === 'hex-of-decimal' ? id.toString(16).toUpperCase() : String(id)
    const state = { DELIVRD: 2, EXPIRED: 3, DELETED: 4, UNDELIV: 5, ACCEPTD: 6, UNKNOWN: 7, REJECTD: 8 }[stat] ?? 7
    const date = now().toISOString().replace(/\D/gu, '').slice(2, 12)
    const err = stat === 'DELIVRD' ? '000' : '021'
    const text = `id:${written} sub:001 dlvrd:001 submit date:${date} done date:${date} stat:${stat} err:${err} text:`
    deliver({
      source_addr: pdu.destination_addr,
      source_addr_ton: pdu.dest_addr_ton,
      source_addr_npi: 1,
      destination_addr: pdu.source_addr,
      esm_class: 0x04,
      data_coding: 0,
      short_message: Buffer.from(receipts === 'parameters' ? '' : text),
      ...(receipts === 'text' ? {} : { receipted_message_id: written, message_state: state }),
    })
  }

  function deliver(fields: Fields, said: Delivery['said'] = null): void {
    outbox.push({ fields, sent: false, again: Math.random() < faults.duplicates, said })
    pump()
  }
  const isBefore = (one: Delivery, { said }: Delivery): boolean =>
    one.said?.by === said?.by && one.said?.id !== said?.id
  function pump(): void {
    const [session] = [...bound].find(([, kind]) => kind !== 'bind_transmitter') ?? []
    if (!session) return
    for (const delivery of outbox) {
      if (delivery.sent) continue
      if (oneAtATime && outbox.some(({ sent }) => sent)) return
      if (delivery.said && outbox.slice(0, outbox.indexOf(delivery)).some((one) => isBefore(one, delivery))) continue
      delivery.sent = true
      void work(hand(session, delivery))
    }
  }
  async function hand(session: Connection, delivery: Delivery): Promise<void> {
    if (faults.shuffleMs > 0) await sleep(Math.random() * faults.shuffleMs)
    session.send(new PDU('deliver_sm', { ...delivery.fields }), ({ command_status: status }) => {
      delivery.sent = false
      if (status === 0 && !delivery.again) outbox.splice(outbox.indexOf(delivery), 1)
      else if (status === 0) delivery.again = false
      void work(sleep(status === 0 ? 0 : 50).then(pump))
    })
  }

  function say(person: Person, said: Said): string {
    if (said.type !== 'text') throw new Error('Text messages carry text')
    const { encoding, parts: texts } = segmentsOf(said.text)
    const coding = encodings[encoding === 'gsm-7' ? 'ASCII' : 'UCS2']
    const common = {
      source_addr: person.address.slice(1),
      source_addr_ton: 1,
      source_addr_npi: 1,
      destination_addr: number,
      data_coding: encoding === 'gsm-7' ? 0 : 8,
    }
    const reference = (last.reference += 1)
    const id = `said-${(last.message += 1)}`
    const of = { by: person.address, id }
    person.screen.push({ id, mine: true, at: now().toISOString(), type: 'text', text: said.text })
    if (texts.length === 1) deliver({ ...common, esm_class: 0, short_message: coding.encode(said.text) }, of)
    else if (parts === 'payload') deliver({ ...common, esm_class: 0, message_payload: coding.encode(said.text) }, of)
    else
      for (const [at, text] of texts.entries())
        deliver({ ...common, ...partFields(coding.encode(text), reference, texts.length, at + 1) }, of)
    return id
  }
  function partFields(body: Buffer, reference: number, total: number, at: number): Fields {
    if (parts === 'sar') {
      return {
        esm_class: 0,
        short_message: body,
        sar_msg_ref_num: reference,
        sar_total_segments: total,
        sar_segment_seqnum: at,
      }
    }
    const header =
      parts === 'udh-16' ? [6, 8, 4, reference >> 8, reference & 255, total, at] : [5, 0, 3, reference & 255, total, at]
    return { esm_class: 0x40, short_message: Buffer.concat([Buffer.from(header), body]) }
  }

  const acts: Readonly<Record<string, (person: Person, words: string) => unknown>> = {
    off: (person) => (person.fails = 'EXPIRED'),
    on: (person) => (person.fails = null),
    fail: (person, stat) => (person.fails = stat),
    refuse: (person, status) => (person.refused = Number(status)),
    stop: (person) => say(person, { type: 'text', text: 'TD' }),
    binary: (person) =>
      deliver({
        source_addr: person.address.slice(1),
        source_addr_ton: 1,
        source_addr_npi: 1,
        destination_addr: number,
        data_coding: 4,
        short_message: Buffer.from([1, 2, 3]),
      }),
  }
  function newPerson(name: string): Person {
    const person: Person = {
      address: `+86138${String(numberOf(name, 100_000_000)).padStart(8, '0')}`,
      screen: [],
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

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    config: {
      host: '127.0.0.1',
      port,
      ...credentials,
      sender: number,
      receiptIds: ids,
      perSecond: Math.min(perSecond, 100),
    },
    pointTo: () => undefined,
    phone(name) {
      const person = people.get(name) ?? newPerson(name)
      people.set(name, person)
      return person
    },
    faults,
    refusals,
    binds,
    deliver: (fields) => deliver(fields),
    enquiries: () => enquiries,
    mostWaiting: () => most,
    unacknowledged: () => outbox.length,
    freeze: (value) => void (frozen = value),
    drop: () => server.sessions.forEach((session) => session.destroy()),
    async settled() {
      while (isBusy()) await new Promise<void>((resolve) => (tellDone = resolve))
    },
    async stop() {
      server.sessions.forEach((session) => session.destroy())
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
