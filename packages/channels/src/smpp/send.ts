import { z } from 'zod'
import type { Part, SendContext, SendResult } from '../contract.ts'
import { onWire } from './address.ts'
import { dataCodings, encode } from './coding.ts'
import { headerOf, placeOf } from './concatenation.ts'
import type { Config } from './config.ts'
import type { Fields } from './library.ts'
import { idInResponse } from './receipt.ts'
import { sessionFor } from './sessions.ts'
import { refusalOf } from './status.ts'

export const submission = z.object({
  to: z.string(),
  coding: z.enum(['default', 'ucs-2']),
  text: z.string(),
  reference: z.int().optional(),
  total: z.int().optional(),
  number: z.int().optional(),
})

/** SMPP knows no repeats: a submission without a response is never made again by itself. */
export async function send({ request }: Part, { config }: SendContext<Config>): Promise<SendResult> {
  const parsed = submission.safeParse(request)
  if (!parsed.success) return { kind: 'rejected', problem: { code: 'unsupported', detail: 'Not a submission' } }
  const session = await sessionFor(config)
  if (!('submit' in session)) {
    // Refused at the door; anything else may be over when it is tried again.
    return session.code === 'credentials-refused'
      ? { kind: 'rejected', problem: session }
      : { kind: 'retry', afterMs: null, problem: session }
  }
  const outcome = await session.submit(fieldsOf(parsed.data, config))
  if (outcome.kind === 'silence') {
    const problem = { code: 'no-answer', detail: outcome.reason } as const
    return outcome.written ? { kind: 'unknown', problem } : { kind: 'retry', afterMs: null, problem }
  }
  if (outcome.status !== 0) return refusalOf(outcome.status)
  return { kind: 'accepted', messageId: outcome.messageId === '' ? null : idInResponse(outcome.messageId, config) }
}

export function fieldsOf({ to, coding, text, ...part }: z.infer<typeof submission>, config: Config): Fields {
  const [source, destination] = [onWire(config.sender), onWire(to)]
  const body = encode(text, coding, config.alphabet)
  const place = placeOf(part.reference, part.total, part.number)
  const withHeader = place !== null && config.longMessages !== 'sar'
  const bytes = place && withHeader ? Buffer.concat([headerOf(place), body]) : body
  return {
    service_type: config.serviceType,
    source_addr: source.address,
    source_addr_ton: source.ton,
    source_addr_npi: source.npi,
    destination_addr: destination.address,
    dest_addr_ton: destination.ton,
    dest_addr_npi: destination.npi,
    esm_class: withHeader ? 0x40 : 0,
    registered_delivery: 1,
    data_coding: dataCodings[coding],
    // More than a segment holds only goes as a parameter (SMPP 3.4 §5.3.2.32).
    ...(bytes.length > 160 ? { short_message: Buffer.alloc(0), message_payload: bytes } : { short_message: bytes }),
    ...(place && !withHeader
      ? { sar_msg_ref_num: place.reference, sar_total_segments: place.total, sar_segment_seqnum: place.number }
      : {}),
  }
}
