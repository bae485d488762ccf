import { describe, expect, it } from 'vitest'
import { contentDisposition, mediaResponse, parseRange, type MediaBody, type MediaRequest } from './media-response.ts'

const now = new Date('2026-01-05T01:00:00.000Z')
const expires = new Date('2026-01-05T01:15:00.000Z')
const video: MediaBody = { bytes: 1000, mime: 'video/mp4', etag: '"v1"', name: 'clip.mp4', inline: true, expires }
const respond = (request: MediaRequest, body = video) => mediaResponse(request, body, now)

describe('ranges', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=0-499', { start: 0, end: 499 }],
    ['bytes=500-', { start: 500, end: 999 }],
    ['bytes=-1', { start: 999, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes=990-5000', { start: 990, end: 999 }],
    ['BYTES=1-2', { start: 1, end: 2 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=999999999999999-', 'unsatisfiable'],
    ['bytes=5-1', null],
    ['bytes=-', null],
    ['bytes=0-1,5-6', null],
    ['items=0-1', null],
    ['bytes=a-b', null],
    [undefined, null],
  ])('%s of 1000 bytes', (header, expected) => {
    expect(parseRange(header, 1000)).toEqual(expected)
  })

  it('of an empty file cannot be satisfied', () => {
    expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable')
    expect(parseRange('bytes=-5', 0)).toBe('unsatisfiable')
  })
})

describe('media responses', () => {
  it('sends the whole file', () => {
    const { status, headers, range } = respond({})
    expect({ status, range }).toEqual({ status: 200, range: 'whole' })
    expect(headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-length': '1000',
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=900, immutable',
      'content-disposition': `inline; filename="clip.mp4"; filename*=UTF-8''clip.mp4`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      etag: '"v1"',
    })
  })

  it('sends a part', () => {
    const { status, headers, range } = respond({ range: 'bytes=100-199' })
    expect({ status, range }).toEqual({ status: 206, range: { start: 100, end: 199 } })
    expect(headers).toMatchObject({ 'content-range': 'bytes 100-199/1000', 'content-length': '100' })
  })

  it('sends the whole when the part was wanted of an earlier version', () => {
    expect(respond({ range: 'bytes=0-9', ifRange: '"v0"' }).status).toBe(200)
    expect(respond({ range: 'bytes=0-9', ifRange: 'W/"v1"' }).status).toBe(200)
    expect(respond({ range: 'bytes=0-9', ifRange: '"v1"' }).status).toBe(206)
  })

  it('refuses a part beyond the end', () => {
    const { status, headers, range } = respond({ range: 'bytes=1000-' })
    expect({ status, range }).toEqual({ status: 416, range: null })
    expect(headers).toMatchObject({ 'content-range': 'bytes */1000' })
  })

  it.each(['"v1"', 'W/"v1"', '"v0", "v1"', '*'])('knows that the client has %s', (ifNoneMatch) => {
    expect(respond({ ifNoneMatch, range: 'bytes=0-9' })).toMatchObject({ status: 304, range: null })
  })

  it('lets everything be saved that is not safe to show', () => {
    const { headers } = respond({}, { ...video, name: '报价 "终".pdf', mime: 'application/pdf', inline: false })
    expect(headers['content-disposition']).toBe(
      `attachment; filename="__ ___.pdf"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20%22%E7%BB%88%22.pdf`,
    )
  })

  it('keeps a hostile name inside its quotes', () => {
    const header = contentDisposition('attachment', `a"; filename="b.html\r\nset-cookie: x'()*.txt`)
    expect(header).not.toMatch(/[\r\n]/)
    expect(header.match(/"/g)).toHaveLength(2)
    expect(header).toMatch(/filename\*=UTF-8''[\w%.-]+$/)
  })
})
