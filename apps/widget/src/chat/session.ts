import { trusted } from '../shared/trusted.ts'
import type { Api, SessionBody, Visitor } from './net/api.ts'
import { exclusively, type Keep } from './storage.ts'

export interface Session {
  token(): string | null
  /** Gives the token, becoming a visitor first when there is none. Only for things that the visitor does. */
  ensure(): Promise<string>
  identify(jwt: string): Promise<void>
  identified(): boolean
  logout(): Promise<void>
  /** The token stopped working: forget it, keep what waits to be sent. */
  drop(): void
}

interface SessionOptions {
  keep: Keep
  api: Pick<Api, 'openSession' | 'endSession'>
  /** What the page claims and what the device says, at the moment of asking. */
  about: () => Omit<SessionBody, 'identity' | 'anonymousToken'>
  onChange: (visitor: Visitor | null) => void
}

/** The claims of a signed token that say who it is: two tokens of one person differ only in their times. */
export function personOf(jwt: string): string {
  try {
    const part = (jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const bytes = Uint8Array.from(atob(part), (letter) => letter.codePointAt(0) ?? 0)
    const claims = trusted<object>(JSON.parse(new TextDecoder().decode(bytes)))
    const timeless = { ...claims, iat: undefined, exp: undefined, nbf: undefined, jti: undefined }
    return JSON.stringify(timeless)
  } catch {
    return jwt
  }
}

const subjectOf = (person: string | null): unknown => {
  try {
    return trusted<{ sub?: unknown }>(JSON.parse(person ?? '')).sub
  } catch {
    return person
  }
}

export function createSession({ keep, api, about, onChange }: SessionOptions): Session {
  const lock = keep.keyOf('session')
  let opening: Promise<void> | null = null

  async function open(body: SessionBody, person: string | null): Promise<void> {
    const { token, visitor } = await api.openSession(body)
    keep.set('token', token)
    if (person !== null) keep.set('person', person)
    onChange(visitor)
  }

  return {
    token: () => keep.get('token'),
    identified: () => keep.get('person') !== null,
    async ensure() {
      if (keep.get('token') === null) {
        // Another tab may become a visitor at the same moment: look again once the lock is ours.
        opening ??= exclusively(lock, async () => {
          if (keep.get('token') === null) await open(about(), null)
        }).finally(() => {
          opening = null
        })
        await opening
      }
      return keep.get('token') ?? ''
    },
    async identify(jwt) {
      await exclusively(lock, async () => {
        const person = personOf(jwt)
        const before = keep.get('person')
        const current = keep.get('token')
        if (current !== null && before === person) return
        const someoneElse = before !== null && subjectOf(before) !== subjectOf(person)
        if (someoneElse) keep.wipe()
        // Only an anonymous chat comes along; the chat of another customer on this device must not.
        const anonymousToken = before === null && current !== null ? current : undefined
        await open({ ...about(), identity: jwt, anonymousToken }, person)
      })
    },
    async logout() {
      const ended = keep.get('token') === null ? Promise.resolve() : api.endSession()
      keep.wipe()
      onChange(null)
      await ended.catch(() => undefined)
    },
    drop() {
      keep.remove('token')
      keep.remove('person')
      onChange(null)
    },
  }
}
