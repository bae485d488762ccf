/** A file in Outlook's envelope `winmail.dat`. Format: MS-OXTNEF. */
export type TnefFile = { filename: string; mime: string; content: Buffer; cid: string | null }
export type Tnef = { files: TnefFile[]; text: string; html: string }

const signature = 0x223e9f78
const attachRenderData = 0x9002
const attachData = 0x800f
const attachTitle = 0x8010
const attachProperties = 0x9005
const messageProperties = 0x9003
const most = 500

/** Null when it is no TNEF. What is cut off gives the files before the cut. */
export function readTnef(data: Buffer): Tnef | null {
  if (data.length < 6 || data.readUInt32LE(0) !== signature) return null
  const result: Tnef = { files: [], text: '', html: '' }
  let file: TnefFile | null = null
  for (let at = 6; at + 9 <= data.length && result.files.length < most;) {
    const id = data.readUInt16LE(at + 1)
    const size = data.readUInt32LE(at + 5)
    const value = data.subarray(at + 9, at + 9 + size)
    if (value.length < size) break
    at += 9 + size + 2
    if (id === attachRenderData) {
      file = { filename: '', mime: 'application/octet-stream', content: Buffer.alloc(0), cid: null }
      result.files.push(file)
    } else if (id === attachTitle && file && !file.filename) file.filename = cString(value)
    else if (id === attachData && file) file.content = value
    else if (id === attachProperties && file) applyFile(file, value)
    else if (id === messageProperties) applyMessage(result, value)
  }
  return result
}

const cString = (value: Buffer) => value.toString('latin1').split('\0')[0]!

function applyFile(file: TnefFile, value: Buffer): void {
  for (const { id, bytes, text } of readProperties(value)) {
    if (id === 0x3707 || (id === 0x3704 && !file.filename)) file.filename = text || file.filename
    else if (id === 0x370e && text) file.mime = text.toLowerCase()
    else if (id === 0x3712 && text) file.cid = text
    // An embedded message carries the id of its interface before its content.
    else if (id === 0x3701 && file.content.length === 0) file.content = bytes
  }
}

function applyMessage(result: Tnef, value: Buffer): void {
  for (const { id, bytes, text } of readProperties(value)) {
    if (id === 0x1000) result.text = text
    else if (id === 0x1013) result.html = text || bytes.toString('utf8')
  }
}

type Property = { id: number; bytes: Buffer; text: string }
const fixedSizes: Record<number, number> = {
  0x02: 4,
  0x03: 4,
  0x04: 4,
  0x0a: 4,
  0x0b: 4,
  0x05: 8,
  0x06: 8,
  0x07: 8,
  0x14: 8,
  0x40: 8,
  0x48: 16,
}

/** MAPI properties: fixed sizes, or a count of values with their lengths, each filled up to four bytes. */
function readProperties(data: Buffer): Property[] {
  const found: Property[] = []
  const count = data.length >= 4 ? Math.min(data.readUInt32LE(0), 2000) : 0
  let at = 4
  for (let index = 0; index < count && at + 4 <= data.length; index++) {
    const type = data.readUInt16LE(at)
    const id = data.readUInt16LE(at + 2)
    at += 4
    if (id >= 0x8000) at = afterName(data, at)
    const fixed = fixedSizes[type & 0xfff]
    const many = (type & 0x1000) !== 0
    if (fixed !== undefined && !many) {
      at += fixed
      continue
    }
    if (at + 4 > data.length) break
    const values = Math.min(data.readUInt32LE(at), 10_000)
    at += 4
    for (let item = 0; item < values && at + 4 <= data.length; item++) {
      if (fixed !== undefined) {
        at += fixed
        continue
      }
      const size = data.readUInt32LE(at)
      const bytes = data.subarray(at + 4, at + 4 + size)
      at += 4 + Math.ceil(size / 4) * 4
      const text =
        (type & 0xfff) === 0x1f
          ? bytes.toString('utf16le').split('\0')[0]!
          : (type & 0xfff) === 0x1e
            ? cString(bytes)
            : ''
      found.push({ id, bytes: (type & 0xfff) === 0x0d ? bytes.subarray(16) : bytes, text })
    }
  }
  return found
}

function afterName(data: Buffer, from: number): number {
  if (from + 24 > data.length) return data.length
  const kind = data.readUInt32LE(from + 16)
  if (kind === 0) return from + 24
  return from + 24 + Math.ceil(data.readUInt32LE(from + 20) / 4) * 4
}
