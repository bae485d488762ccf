import { createHash } from 'node:crypto'
import type { Context, OpenLink, RawEvent } from '../contract.ts'
import { fromWire } from './address.ts'
import { createAssembler, type Whole } from './assembler.ts'
import type { Config } from './config.ts'
import { arrived } from './inbound.ts'
import { openSession } from './session.ts'
import { lend } from './sessions.ts'

/** The provider numbers no messages: the same words of the same person within this time are one that came twice. */
export const repeatsMs = 5_000
/** So long after a connection was lost what was on its way then may come again. */
const redeliveryMs = 60_000
const temporarily = 0x64

type Take = (events: readonly RawEvent[]) => Promise<void>

/** Answers the provider once what it sent is stored, in the order in which it came. */
export async function open(
  context: Context<Config>,
  take: Take,
  _ask: () => void,
  unsure: readonly string[],
): Promise<OpenLink> {
  const { config } = context
  const nameWhole = createNames(() => context.now().getTime(), unsure)
  let position = 0
  let tail = Promise.resolve()
  const assembler = createAssembler(
    {
      waitMs: config.partsSeconds * 1000,
      acknowledgeParts: config.acknowledgeParts,
      now: () => context.now().getTime(),
    },
    (whole) => {
      position = Math.max(position + 1, context.now().getTime())
      const event = eventOf(whole, position)
      tail = tail.then(() => store(event, whole))
    },
  )
  async function store(event: RawEvent, { respond }: Whole): Promise<void> {
    try {
      await take([event])
      respond(0)
    } catch (error) {
      context.log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'a text message was not stored')
      respond(temporarily)
    }
  }
  function eventOf(whole: Whole, at: number): RawEvent {
    const { first, bodies } = whole
    const id = nameWhole(whole)
    return {
      id,
      // A receipt comes from the number that the message went to.
      orderKey: fromWire(first.source, first.sourceTon, config) ?? first.source,
      position: at,
      data: {
        id,
        receivedAt: context.now().toISOString(),
        ...first.facts,
        bodies: bodies.map((body) => body?.toString('hex') ?? null),
      },
    }
  }

  const session = await openSession(config, 'bind_transceiver', (pdu, respond) => assembler.add(arrived(pdu), respond))
  if (!('submit' in session)) return { over: Promise.resolve(session), close: async () => undefined }
  lend(config, session)
  const abort = () => void session.close()
  context.signal?.addEventListener('abort', abort, { once: true })
  void session.over.then(() => {
    assembler.stop()
    context.signal?.removeEventListener('abort', abort)
  })
  return { over: session.over, close: () => session.close() }
}

function createNames(now: () => number, unsure: readonly string[]) {
  const seen = new Map<string, { name: string; until: number }>()
  for (const name of unsure) seen.set(name.split('.')[0] ?? name, { name, until: now() + redeliveryMs })
  return ({ first, bodies }: Whole): string => {
    const { source, destination, place, receipt, dataCoding } = first
    const said =
      receipt ??
      [
        source,
        destination,
        dataCoding,
        place?.reference ?? '',
        ...bodies.map((body) => body?.toString('hex') ?? '-'),
      ].join(' ')
    const digest = createHash('sha256').update(said).digest('base64url')
    // Receipts and parts with a reference have names of their own; those hold after a restart too.
    if (receipt !== null || place) return digest
    const at = now()
    for (const [key, { until }] of seen) if (at > until) seen.delete(key)
    const known = seen.get(digest)
    const name = known?.name ?? `${digest}.${at}`
    // What came again is settled: from then on it is as with any other.
    seen.set(digest, { name, until: Math.min(known?.until ?? Infinity, at + repeatsMs) })
    return name
  }
}
