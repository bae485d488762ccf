import { z } from 'zod'
import type { ChannelEvent } from '../events.ts'
import { phoneAliases } from '../families/sms/phone-address.ts'
import type { Json } from '../json.ts'
import { fromWire } from './address.ts'
import { decode } from './coding.ts'
import type { Config } from './config.ts'
import { isReceipt } from './inbound.ts'
import { idInReceipt, markOf, readReceipt, stateName } from './receipt.ts'

const stored = z.object({
  id: z.string().min(1),
  receivedAt: z.iso.datetime(),
  source: z.string(),
  sourceTon: z.int(),
  destination: z.string(),
  esmClass: z.int(),
  dataCoding: z.int(),
  bodies: z
    .array(
      z
        .string()
        .regex(/^(?:[0-9a-f]{2})*$/u)
        .nullable(),
    )
    .min(1),
  receiptedId: z.string().optional(),
  messageState: z.int().optional(),
})
type Stored = z.infer<typeof stored>

const timed = z.object({ receivedAt: z.iso.datetime() })

export function normalise(data: Json, config: Config): ChannelEvent[] {
  const parsed = stored.safeParse(data)
  if (!parsed.success) {
    const at = timed.safeParse(data).data?.receivedAt ?? new Date(0).toISOString()
    return [{ kind: 'unknown', at, summary: 'It has not the form of what we store' }]
  }
  const { esmClass } = parsed.data
  if (isReceipt(esmClass)) return [receiptOf(parsed.data, config)]
  if ((esmClass & 0x3c) !== 0) return [{ kind: 'nothing', why: 'An acknowledgement of a phone' }]
  return [messageOf(parsed.data, config)]
}

function messageOf(given: Stored, config: Config): ChannelEvent {
  const { id, receivedAt: at, source, sourceTon, destination, bodies } = given
  const address = fromWire(source, sourceTon, config)
  const text = textOf(given, config)
  if (!address) return { kind: 'unknown', at, summary: `A message of “${source}”: ${text ?? 'no text'}` }
  const missing = bodies.filter((body) => body === null).length
  const bytes = bodies.reduce((sum, body) => sum + (body?.length ?? 0) / 2, 0)
  return {
    kind: 'message',
    at,
    from: { address, ...phoneAliases(address) },
    id,
    content:
      text === null
        ? { type: 'unsupported', summary: `A binary message of ${bytes} octets` }
        : text.trim() === ''
          ? { type: 'unsupported', summary: 'An empty message' }
          : { type: 'text', text, markup: 'none' },
    extra: {
      to: destination,
      ...(bodies.length > 1 ? { segments: bodies.length } : {}),
      ...(missing > 0 ? { missing } : {}),
    },
  }
}

/** Octets of neighbours are read together, since letters may lie across; a part that is missing shows as a gap. */
function textOf({ bodies, dataCoding }: Stored, { alphabet }: Config): string | null {
  const runs: Buffer[][] = [[]]
  for (const body of bodies) {
    if (body === null) runs.push([])
    else runs.at(-1)?.push(Buffer.from(body, 'hex'))
  }
  const texts = runs.map((run) => decode(Buffer.concat(run), dataCoding, alphabet))
  return texts.every((text) => text !== null) ? texts.join(' […] ') : null
}

function receiptOf(given: Stored, config: Config): ChannelEvent {
  const { receivedAt: at, source, sourceTon, receiptedId, messageState } = given
  const text = textOf(given, config) ?? ''
  const said = readReceipt(text)
  const id = receiptedId ?? said?.id
  const to = fromWire(source, sourceTon, config)
  const mark = markOf(messageState === undefined ? (said?.stat ?? '') : stateName(messageState), said?.err)
  if (!id || !to || !mark) return { kind: 'unknown', at, summary: `A receipt of “${source}”: ${text}` }
  return { kind: 'receipt', at, to, messageId: idInReceipt(id, config), ...mark }
}
