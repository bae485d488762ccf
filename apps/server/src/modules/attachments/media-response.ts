import type { ByteRange } from '#platform/storage/blob-storage'

/** One stored representation of an attachment, as it goes out. */
export type MediaBody = {
  bytes: number
  mime: string
  /** Changes whenever the bytes do. */
  etag: string
  name: string
  /** May a browser show it in place? Everything else is saved. */
  inline: boolean
  expires: Date
}

export type MediaRequest = { range?: string; ifRange?: string; ifNoneMatch?: string }

export type MediaResponse = {
  status: 200 | 206 | 304 | 416
  headers: Record<string, string>
  /** What to send; null for nothing. */
  range: ByteRange | 'whole' | null
}

/** RFC 9110 §13–14: conditions first, then one range. Several ranges are answered with the whole, which is allowed. */
export function mediaResponse(request: MediaRequest, body: MediaBody, now: Date): MediaResponse {
  const headers = commonHeaders(body, now)
  if (matches(request.ifNoneMatch, body.etag)) return { status: 304, headers, range: null }
  const length = String(body.bytes)
  const wanted = request.ifRange === undefined || request.ifRange === body.etag ? request.range : undefined
  const range = parseRange(wanted, body.bytes)
  if (range === 'unsatisfiable') {
    return {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${length}`, 'content-length': '0' },
      range: null,
    }
  }
  const typed = { ...headers, 'content-type': body.mime }
  if (range === null) return { status: 200, headers: { ...typed, 'content-length': length }, range: 'whole' }
  const partial = {
    'content-range': `bytes ${range.start}-${range.end}/${length}`,
    'content-length': String(range.end - range.start + 1),
  }
  return { status: 206, headers: { ...typed, ...partial }, range }
}

/** Null: no range that we understand, so the whole is sent. */
export function parseRange(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | null {
  const parts = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '')
  if (parts === null || (parts[1] === '' && parts[2] === '')) return null
  const [first, last] = [parts[1] ?? '', parts[2] ?? '']
  if (first === '') {
    const suffix = Math.min(Number(last), bytes)
    return suffix === 0 ? 'unsatisfiable' : { start: bytes - suffix, end: bytes - 1 }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return null
  if (start >= bytes) return 'unsatisfiable'
  return { start, end: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) }
}

/** Files come from strangers: whatever a browser makes of them, it may run nothing and guess nothing. */
function commonHeaders(body: MediaBody, now: Date): Record<string, string> {
  const seconds = Math.max(0, Math.floor((body.expires.getTime() - now.getTime()) / 1000))
  return {
    'accept-ranges': 'bytes',
    'cache-control': `private, max-age=${seconds}, immutable`,
    'content-disposition': contentDisposition(body.inline ? 'inline' : 'attachment', body.name),
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-site',
    etag: body.etag,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}

/** RFC 6266: an ASCII name for old clients, the real one percent-encoded by RFC 8187. */
export function contentDisposition(disposition: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${disposition}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

const matches = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
