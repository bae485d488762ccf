import type { JsonObject } from '../json.ts'
import { hasHeader, type Place, placeOf, withoutHeader } from './concatenation.ts'
import type { Pdu } from './library.ts'

/** What a deliver_sm or data_sm brings, before anybody reads it. */
export interface Arrived {
  source: string
  sourceTon: number
  destination: string
  dataCoding: number
  place: Place | null
  body: Buffer
  /** All but the body, as it is stored. */
  facts: JsonObject
  /** Of a receipt: the message and what became of it. */
  receipt: string | null
}

export const isReceipt = (esmClass: number): boolean => (esmClass & 0x3c) === 0x04 || (esmClass & 0x3c) === 0x20

export function arrived(pdu: Pdu): Arrived {
  const esmClass = pdu.esm_class ?? 0
  const short = Buffer.isBuffer(pdu.short_message) ? pdu.short_message : Buffer.alloc(0)
  const bytes = short.length > 0 ? short : (pdu.message_payload ?? Buffer.alloc(0))
  const { place, body } = hasHeader(esmClass) ? withoutHeader(bytes) : { place: null, body: bytes }
  const source = pdu.source_addr ?? ''
  const destination = pdu.destination_addr ?? ''
  const receipted = pdu.receipted_message_id?.split('\0')[0]
  const [sourceTon, dataCoding] = [pdu.source_addr_ton ?? 0, pdu.data_coding ?? 0]
  return {
    source,
    sourceTon,
    destination,
    dataCoding,
    place: place ?? placeOf(pdu.sar_msg_ref_num, pdu.sar_total_segments, pdu.sar_segment_seqnum),
    body,
    facts: {
      source,
      sourceTon,
      destination,
      esmClass,
      dataCoding,
      ...(receipted ? { receiptedId: receipted } : {}),
      ...(pdu.message_state === undefined ? {} : { messageState: pdu.message_state }),
    },
    receipt: isReceipt(esmClass)
      ? `${source} ${receipted ?? ''} ${pdu.message_state ?? ''} ${body.toString('hex')}`
      : null,
  }
}
