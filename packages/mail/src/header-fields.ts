import { type Header, readHeaders } from './header-block.ts'

/** The headers of a mail in their order, names in lower case, values unfolded but not decoded; at most 256 KiB of them. */
export function headerFields(raw: Uint8Array): Header[] {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, 512 * 1024)).toString('latin1')
  return readHeaders(head.replace(/^[\s\0]+/, ''), 0, 256 * 1024, () => false).headers
}
