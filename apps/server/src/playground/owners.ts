import { createHash, randomBytes } from 'node:crypto'
import type { ShownFile } from '@qiao/channels/simulators'
import { AppError } from '#platform/errors'

/** Whoever opens the playground has phones of their own, by a secret that their browser keeps. */
export interface Owner {
  /** What their phones are called, and what agents see where a provider tells names. */
  name: string
  /** What the provider has handed on, by channel and message. */
  handedOn: Set<string>
  /** Files that they sent, by channel and message: not every simulator shows them again. */
  files: Map<string, ShownFile & { name: string }>
  /** Screens that are open; each hears what changes. */
  listeners: Set<(channelId: string) => void>
}

const names = ['Mei', 'Jun', 'Lan', 'Tao', 'Yue', 'Bo', 'Qing', 'Xin']
const mostOwners = 500
const mostBytes = 200_000_000

export function createOwners() {
  const owners = new Map<string, Owner>()
  let bytes = 0

  /** The same for the same secret, also after a restart, unless somebody else has it. */
  function nameFor(secret: string): string {
    const taken = new Set([...owners.values()].map(({ name }) => name))
    for (let at = createHash('sha256').update(secret).digest().readUInt32BE(); ; at += 1) {
      const name = `${names[at % names.length] ?? ''} ${1000 + (at % 8999)}`
      if (!taken.has(name)) return name
    }
  }
  return {
    find: (secret: string | undefined): Owner | undefined => (secret === undefined ? undefined : owners.get(secret)),
    /** Throws `unavailable` when there are too many. */
    welcome(given: string | undefined): { secret: string; owner: Owner } {
      const secret = given !== undefined && /^[\w-]{32}$/u.test(given) ? given : randomBytes(24).toString('base64url')
      const known = owners.get(secret)
      if (known) return { secret, owner: known }
      if (owners.size >= mostOwners) throw new AppError('unavailable', { detail: 'Too many phones are in use' })
      const owner = {
        name: nameFor(secret),
        handedOn: new Set<string>(),
        files: new Map(),
        listeners: new Set<() => void>(),
      }
      owners.set(secret, owner)
      return { secret, owner }
    },
    all: (): Iterable<Owner> => owners.values(),
    /** Throws `unavailable` when no more fits into memory. */
    makeRoom(count: number): void {
      if (bytes + count > mostBytes)
        throw new AppError('unavailable', { detail: 'The phones are full: start the server anew' })
      bytes += count
    },
  }
}
