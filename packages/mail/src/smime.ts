/** Object identifier 1.2.840.113549.1.7.2: what follows is signed, not encrypted. */
const signedData = Buffer.from('2a864886f70d010702', 'hex')
const deepest = 12

type Value = { tag: number; start: number; end: number }

/**
 * What an opaque signature (S/MIME, RFC 8551) is wrapped around: a mail's part, as bytes (latin1). Null for what is encrypted
 * or cannot be read. Nothing is verified.
 */
export function openSigned(data: Buffer): string | null {
  const [type, content] = childrenOf(data, firstOf(data, 0, data.length))
  if (!type || !content || !data.subarray(type.start, type.end).equals(signedData)) return null
  // SignedData: version, digests, what is signed. That in turn: its type, its content as one string or as pieces of one.
  const signed = childrenOf(data, childrenOf(data, content)[0])
  const inner = childrenOf(
    data,
    signed.find(({ tag }, at) => at > 0 && tag === 0x30),
  )[1]
  const text = inner ? piecesOf(data, inner, 0) : ''
  return text === '' ? null : text
}

function piecesOf(data: Buffer, value: Value, depth: number): string {
  if (value.tag === 0x04) return data.toString('latin1', value.start, value.end)
  if (depth > deepest) return ''
  return childrenOf(data, value)
    .map((child) => piecesOf(data, child, depth + 1))
    .join('')
}

function childrenOf(data: Buffer, value: Value | undefined): Value[] {
  const found: Value[] = []
  if (!value || (value.tag & 0x20) === 0) return found
  for (let at = value.start; at < value.end && found.length < 100_000;) {
    const child = firstOf(data, at, value.end)
    if (!child) break
    found.push(child)
    at = child.end + (data[at + 1] === 0x80 ? 2 : 0)
  }
  return found
}

/** A value in BER: a tag, a length, or none and two zero bytes at its end. */
function firstOf(data: Buffer, at: number, limit: number, depth = 0): Value | undefined {
  const tag = data[at]
  const first = data[at + 1]
  if (tag === undefined || first === undefined || at + 2 > limit || (tag === 0 && first === 0)) return undefined
  if (first === 0x80) {
    const start = at + 2
    let end = start
    while (end < limit && !(data[end] === 0 && data[end + 1] === 0)) {
      const child = depth < deepest ? firstOf(data, end, limit, depth + 1) : undefined
      if (!child) return undefined
      end = child.end + (data[end + 1] === 0x80 ? 2 : 0)
    }
    return { tag, start, end }
  }
  const bytes = first < 0x80 ? 0 : first & 0x7f
  if (bytes > 4 || at + 2 + bytes > limit) return undefined
  const start = at + 2 + bytes
  const length = bytes === 0 ? first : data.readUIntBE(at + 2, bytes)
  return { tag, start, end: Math.min(limit, start + length) }
}
