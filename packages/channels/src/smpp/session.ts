import { isIP } from 'node:net'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { connect, type Fields, PDU, type Pdu } from './library.ts'
import { problemOf } from './status.ts'

/** One bound connection: what is asked gets its answer, and it knows when it is over. */
export interface Session {
  submit(fields: Fields): Promise<Submitted>
  /** Resolves when the connection is over, with why. */
  over: Promise<Problem>
  isOver(): boolean
  close(): Promise<void>
}
export type Submitted =
  | { kind: 'answered'; status: number; messageId: string }
  | { kind: 'silence'; written: boolean; reason: string }

/** `respond` is called once it is known what to say; the sender waits for it. */
export type Deliver = (pdu: Pdu, respond: (status: number) => void) => void

const temporarily = 0x64
const unknownCommand = 0x03

export async function openSession(
  config: Config,
  bind: 'bind_transceiver' | 'bind_transmitter',
  deliver: Deliver = (_pdu, respond) => respond(temporarily),
): Promise<Session | Problem> {
  const { host, port, tls, systemId, password, systemType, responseSeconds, enquireSeconds } = config
  const raw = connect({ host, port, ...(tls ? { tls } : {}), ...(tls && isIP(host) === 0 ? { servername: host } : {}) })
  const waiting = new Set<(answer: Pdu | null) => void>()
  const turns: (() => void)[] = []
  let free = config.window
  let ended: Problem | null = null
  const { promise: over, resolve: tellOver } = Promise.withResolvers<Problem>()
  const beat = setInterval(() => void enquire(), enquireSeconds * 1000)

  function end(problem: Problem): void {
    if (ended) return
    ended = problem
    clearInterval(beat)
    raw.destroy()
    for (const answer of waiting) answer(null)
    for (const turn of turns.splice(0)) turn()
    tellOver(problem)
  }
  raw.on('error', (error: Error) => end({ code: 'not-connected', detail: error.message }))
  raw.on('close', () => end({ code: 'not-connected', detail: 'The connection was closed' }))
  raw.on('pdu', (pdu: Pdu) => {
    if (!pdu.isResponse()) take(pdu)
  })

  function take(pdu: Pdu): void {
    const respond = (status: number) => {
      if (!ended) raw.send(pdu.response(status === 0 ? {} : { command_status: status }))
    }
    if (pdu.command === 'deliver_sm' || pdu.command === 'data_sm') deliver(pdu, respond)
    else if (pdu.command === 'enquire_link') respond(0)
    else if (pdu.command === 'unbind') {
      respond(0)
      raw.close()
    } else if (pdu.command !== 'alert_notification' && pdu.command !== 'outbind') respond(unknownCommand)
  }

  /** Null when no answer came; `written` tells whether it went out. */
  function ask(pdu: Pdu): Promise<{ answer: Pdu | null; written: boolean }> {
    return new Promise((resolve) => {
      const settle = (answer: Pdu | null, written = true) => {
        clearTimeout(timer)
        waiting.delete(settle)
        resolve({ answer, written })
      }
      const timer = setTimeout(() => settle(null), responseSeconds * 1000)
      waiting.add(settle)
      if (ended || !raw.send(pdu, (answer) => settle(answer))) settle(null, false)
    })
  }
  async function enquire(): Promise<void> {
    const { answer } = await ask(new PDU('enquire_link'))
    if (!answer) end({ code: 'no-answer', detail: 'enquire_link was not answered' })
  }

  async function submit(fields: Fields): Promise<Submitted> {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => turns.push(resolve))
    const { answer, written } = await ask(new PDU('submit_sm', fields))
    const next = turns.shift()
    if (next) next()
    else free += 1
    if (!answer) return { kind: 'silence', written, reason: ended?.detail ?? 'submit_sm was not answered' }
    return { kind: 'answered', status: answer.command_status, messageId: answer.message_id ?? '' }
  }

  const { promise: connected, resolve: tellConnected } = Promise.withResolvers<void>()
  raw.on(tls ? 'secureConnect' : 'connect', () => tellConnected())
  const late = { code: 'not-connected', detail: 'No connection in time' } as const
  const timer = setTimeout(() => end(late), responseSeconds * 1000)
  await Promise.race([connected, over])
  clearTimeout(timer)
  const { answer } = await ask(
    new PDU(bind, { system_id: systemId, password, system_type: systemType, interface_version: 0x34 }),
  )
  if (!answer) end({ code: 'no-answer', detail: `${bind} was not answered` })
  else if (answer.command_status !== 0) end(problemOf(answer.command_status))
  if (ended) return ended

  return {
    submit,
    over,
    isOver: () => ended !== null,
    async close() {
      if (!ended) await ask(new PDU('unbind'))
      end({ code: 'not-connected', detail: 'Closed by us' })
    },
  }
}
