import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '#platform/errors'

/**
 * Which page sent a request, by what the browser says and a page cannot change. `publicUrl` is QIAO_URL; the address that
 * the browser itself used counts too (`127.0.0.1` beside `localhost`): another site cannot be called by our name there.
 */
export function originOf(headers: IncomingHttpHeaders, publicUrl: string): 'own' | 'foreign' | 'unsaid' {
  const own = new URL(publicUrl)
  if (headers.origin !== undefined) {
    return headers.origin === own.origin || headers.origin === `${own.protocol}//${headers.host}` ? 'own' : 'foreign'
  }
  const site = headers['sec-fetch-site']
  if (site === undefined) return 'unsaid'
  return site === 'same-origin' ? 'own' : 'foreign'
}

/** For everything that a cookie allows to change something, and for WebSocket upgrades: only our own pages may. */
export function checkOrigin(headers: IncomingHttpHeaders, publicUrl: string): void {
  if (originOf(headers, publicUrl) !== 'own') throw new AppError('origin-refused')
}

/** For requests that carry no cookie yet (sign-in): programs may leave the origin out, other sites may not call. */
export function refuseForeignOrigin(headers: IncomingHttpHeaders, publicUrl: string): void {
  if (originOf(headers, publicUrl) === 'foreign') throw new AppError('origin-refused')
}

export const changesSomething = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)
