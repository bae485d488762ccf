import { encodings, type Pdu } from './library.ts'

/** What an SMSC checks of a submit_sm, read by the package and not by us; a command_status, or 0. */

export interface Submission {
  to: string
  text: string
  reference: number | null
  total: number
  number: number
}

export function readSubmission(pdu: Pdu): Submission | number {
  if (!pdu.source_addr) return 0x0a
  const toTon = pdu.dest_addr_ton ?? 0
  const to = pdu.destination_addr ?? ''
  if (!/^\d{3,15}$/u.test(to) || (toTon === 1 && to.length < 7)) return 0x0b
  if (toTon !== 1 && to.length > 8) return 0x50
  const sourceTon = pdu.source_addr_ton ?? 0
  if (/\D/u.test(pdu.source_addr) !== (sourceTon === 5)) return 0x48
  if (pdu.source_addr.length > (sourceTon === 5 ? 11 : 20)) return 0x0a
  if (pdu.data_coding !== 0 && pdu.data_coding !== 8) return 0x104
  const coding = encodings[pdu.data_coding === 8 ? 'UCS2' : 'ASCII']
  const { short_message: short, message_payload: payload } = pdu
  if (!short || Buffer.isBuffer(short)) return 0x01
  const header = short.udh?.[0]
  const text = payload ? coding.decode(payload) : String(short.message)
  if (text === '') return 0x01
  const octets = coding.encode(text).length
  if (!payload && !fits(octets, pdu.data_coding, header ? header.length + 1 : 0)) return 0x01
  if (header) {
    if (header[0] !== 0 || header[1] !== 3) return 0x43
    return { to, text, reference: header[2] ?? 0, total: header[3] ?? 0, number: header[4] ?? 0 }
  }
  const { sar_msg_ref_num: reference = null, sar_total_segments: total = 1, sar_segment_seqnum: number = 1 } = pdu
  return { to, text, reference, total, number }
}

/** 140 octets with the header; septets of the default alphabet are packed on the air. */
const fits = (octets: number, dataCoding: number, header: number): boolean =>
  dataCoding === 8 ? octets + header <= 140 : octets + Math.ceil((header * 8) / 7) <= 160
