import { latin1, type ByteSource } from './byte-source.ts'

const boxesAtMost = 10_000
const trackListAtMost = 32 * 1024 * 1024

/** Whether an ISO media file has a picture: recorders label voice notes and videos alike. */
export async function hasVideoTrack(source: ByteSource): Promise<boolean> {
  let offset = 0
  for (let boxes = 0; boxes < boxesAtMost && offset + 8 <= source.bytes; boxes += 1) {
    const header = Buffer.from(await source.read(offset, 16))
    if (header.length < 8) return false
    const length = boxLength(header, source.bytes - offset)
    if (length < 8) return false
    if (header.toString('latin1', 4, 8) === 'moov') {
      return latin1(await source.read(offset, Math.min(length, trackListAtMost))).includes('vide')
    }
    offset += length
  }
  return false
}

/** 0 means "to the end", 1 means that 64 bits follow (ISO/IEC 14496-12 §4.2). */
function boxLength(header: Buffer, rest: number): number {
  const length = header.readUInt32BE(0)
  if (length === 0) return rest
  if (length === 1) return header.length < 16 ? 0 : Number(header.readBigUInt64BE(8))
  return length
}
