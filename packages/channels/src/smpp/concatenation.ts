/** Which part of a longer message it is: in the user data header (3GPP TS 23.040 §9.2.3.24), or in SAR parameters. */
export interface Place {
  reference: number
  total: number
  number: number
}

export const hasHeader = (esmClass: number): boolean => (esmClass & 0x40) !== 0

/** The header of a part with a reference of one octet. */
export const headerOf = ({ reference, total, number }: Place): Buffer =>
  Buffer.from([0x05, 0x00, 0x03, reference & 0xff, total, number])

/** A header that does not fit is taken for text: better shown than lost. */
export function withoutHeader(bytes: Buffer): { place: Place | null; body: Buffer } {
  const end = (bytes[0] ?? 0) + 1
  if (bytes.length === 0 || end > bytes.length) return { place: null, body: bytes }
  let place: Place | null = null
  for (let at = 1; at + 2 <= end;) {
    const [element = 0, length = 0] = bytes.subarray(at, at + 2)
    const value = bytes.subarray(at + 2, Math.min(at + 2 + length, end))
    place ??= placeIn(element, value)
    at += 2 + length
  }
  return { place, body: bytes.subarray(end) }
}

function placeIn(element: number, value: Buffer): Place | null {
  const wide = element === 0x08 && value.length === 4
  if (!wide && !(element === 0x00 && value.length === 3)) return null
  return placeOf(value.readUIntBE(0, wide ? 2 : 1), value.at(-2), value.at(-1))
}

/** Null unless it is one of several. */
export const placeOf = (reference?: number, total?: number, number?: number): Place | null =>
  reference !== undefined && total !== undefined && number !== undefined && total > 1 && number >= 1 && number <= total
    ? { reference, total, number }
    : null
