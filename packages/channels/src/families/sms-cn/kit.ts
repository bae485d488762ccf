import type { HttpResponse, RawRequest } from '../../contract.ts'

/** For tests of these channels. */
export const kitNow = new Date('2026-11-29T04:00:00Z')
export const kitSecret = 'kit-callback-secret-0123456789'

/** A call to the address that `setup` shows. */
export const callback = (body: Buffer | string, secret: string | null = kitSecret): RawRequest => ({
  method: 'POST',
  url: new URL(`https://qiao.example/channels/k${secret === null ? '' : `?key=${secret}`}`),
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(body),
})

export const forgeries: readonly ((request: RawRequest) => RawRequest)[] = [
  (request) => callback(request.body, null),
  (request) => callback(request.body, ''),
  (request) => callback(request.body, `${kitSecret.slice(0, -1)}x`),
  (request) => callback(request.body, kitSecret.slice(0, -1)),
]

export const answered = (body: object, status = 200): HttpResponse => ({
  kind: 'answer',
  status,
  headers: {},
  body: Buffer.from(JSON.stringify(body)),
})
