import { settingsChanged } from '#conversations'
import type { ChannelDeps } from '../channel-deps.ts'
import { accountChanged } from '../topics.ts'
import { type Account, openAccount, openAccountByKey } from './open-account.ts'

/** Accounts as of a moment ago, for what happens hundreds of times a second. Read anew after a change, or a second. */
export interface AccountBook {
  of(inboxId: string): Promise<Account | null>
  byKey(callbackKey: string): Promise<Account | null>
  stop(): void
}

/** A hint that tells of a change may be lost. */
const keptMs = 1_000

export function createAccountBook(deps: ChannelDeps): AccountBook {
  const known = new Map<string, { account: Promise<Account | null>; until: number }>()
  const forget = (): void => known.clear()
  const stops = [
    deps.bus.subscribe(settingsChanged, forget),
    deps.bus.subscribe(accountChanged, forget),
    deps.bus.onGap(forget),
  ]

  function remember(name: string, read: () => Promise<Account | null>): Promise<Account | null> {
    const entry = known.get(name)
    const now = performance.now()
    if (entry && entry.until > now) return entry.account
    const account = read()
    known.set(name, { account, until: now + keptMs })
    account.catch(() => known.delete(name))
    return account
  }
  return {
    of: (inboxId) => remember(`inbox ${inboxId}`, () => openAccount(deps, inboxId)),
    async byKey(key) {
      const account = await remember(`key ${key}`, () => openAccountByKey(deps, key))
      // Strangers may ask for any key: what is not there is not kept.
      if (!account) known.delete(`key ${key}`)
      return account
    },
    stop: () => stops.forEach((end) => end()),
  }
}
