/** Where to go after signing in: only a path of this workspace, whatever a link claims. */
export function safeNext(next: unknown, origin: string): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return '/'
  try {
    const url = new URL(next, origin)
    return url.origin === origin && !url.pathname.startsWith('/sign-in') ? url.pathname + url.search + url.hash : '/'
  } catch {
    return '/'
  }
}
