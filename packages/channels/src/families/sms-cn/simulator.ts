import { randomInt } from 'node:crypto'
import type { Json } from '../../json.ts'
import {
  type ApiAnswer,
  createDeliverer,
  type Faults,
  numberOf,
  type Phone,
  type Said,
  type Shown,
} from '../../simulator.ts'

/** What the simulated providers of texts in China have in common. */

export interface SimulatedTemplate {
  code: string
  /** What people call it; without one the code stands for it. */
  title?: string
  /** With `${name}` or `{1}`, as the provider writes it. */
  text: string
  kind: 'verification' | 'notification' | 'promotion'
  state: 'pending' | 'approved' | 'rejected'
  reason?: string | undefined
  /** Longest value of a variable. */
  longest: number
}

export interface Text {
  id: string
  phone: string
  words: string
  template: string
  at: Date
  key?: string
  outcome: 'delivered' | 'off' | 'blacklisted'
}

export interface Customer {
  /** E.164 */
  address: string
  state: 'on' | 'off' | 'blacklisted'
  screen: Shown[]
}

const inOrder = [60, 300, 600]

export function createOperator(
  faults: Faults,
  { now, retries, isAcknowledged }: { now: () => Date; retries: number; isAcknowledged: (body: string) => boolean },
) {
  const customers = new Map<string, Customer>()
  const texts: Text[] = []
  const refusals: string[] = []
  // A tenth of a second for each minute.
  const deliverer = createDeliverer(faults, inOrder.slice(0, retries))
  const waiting: { items: Json[]; key: string }[] = []
  const flushing = new Set<Promise<void>>()
  let callbackUrl = ''

  async function call(body: Json, key?: string): Promise<void> {
    const answered = await deliverer.send(
      {
        url: callbackUrl,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
      },
      key,
    )
    if (answered && !isAcknowledged(answered.body)) refusals.push('callback-answer')
  }
  /** Reports of one moment go out together. */
  function report(item: Json): void {
    const batch = waiting[0]
    if (batch) return void batch.items.push(item)
    const fresh = { items: [item], key: 'reports' }
    waiting.push(fresh)
    const done = new Promise<void>((resolve) => {
      setImmediate(() => {
        waiting.shift()
        resolve(call(fresh.items, fresh.key))
      })
    })
    flushing.add(done)
    void done.finally(() => flushing.delete(done))
  }

  function customer(name: string): Customer {
    const known = customers.get(name)
    if (known) return known
    const fresh: Customer = {
      address: `+8613${String(numberOf(name, 1_000_000_000)).padStart(9, '0')}`,
      state: 'on',
      screen: [],
    }
    customers.set(name, fresh)
    return fresh
  }

  return {
    refusals,
    texts,
    call,
    report,
    pointTo: (url: string) => void (callbackUrl = url),
    /** Acts: `off`, `on` (the phone), `block`, `unblock` (the provider's list of those who want nothing). */
    phone(name: string, tell: (said: { text: string; id: string }, by: Customer) => Promise<string>): Phone {
      const own = customer(name)
      return {
        address: own.address,
        get screen() {
          return own.screen
        },
        async say(said: Said) {
          if (said.type !== 'text') throw new Error('Texts have words only')
          const id = await tell({ text: said.text, id: String(randomInt(2 ** 47)) }, own)
          own.screen.push({ id, mine: true, at: now().toISOString(), text: said.text, type: 'text' })
          return id
        },
        async act(act) {
          const states = { off: 'off', on: 'on', block: 'blacklisted', unblock: 'on' } as const
          const state = Object.entries(states).find(([one]) => one === act)?.[1]
          if (!state) throw new Error(`A phone cannot ${act} here`)
          own.state = state
        },
        read: async () => undefined,
      }
    },
    /** Shows it on the phone, if that is on; numbers that nobody has are off. */
    deliver(text: Omit<Text, 'at' | 'outcome'>): Text {
      const own = [...customers.values()].find(({ address }) => address === text.phone)
      const outcome = own?.state === 'on' ? 'delivered' : own?.state === 'blacklisted' ? 'blacklisted' : 'off'
      const sent: Text = { ...text, at: now(), outcome }
      texts.push(sent)
      if (own && outcome === 'delivered') {
        own.screen.push({ id: text.id, mine: false, at: now().toISOString(), text: text.words, type: 'text' })
      }
      return sent
    },
    isBlacklisted: (phone: string): boolean =>
      [...customers.values()].some(({ address, state }) => address === phone && state === 'blacklisted'),
    async settled(): Promise<void> {
      while (flushing.size > 0) await Promise.all(flushing)
      await deliverer.settled()
    },
    stop: () => deliverer.stop(),
  }
}

export interface Limit {
  ms: number
  most: number
  code: string
  words: string
}
/** The limit that one more would break, else null, and then it counts. */
export function createQuota(now: () => Date) {
  const times = new Map<string, number[]>()
  return (key: string, limits: readonly Limit[]): Limit | null => {
    const [at, past] = [now().getTime(), times.get(key) ?? []]
    const broken = limits.find(({ ms, most }) => past.filter((one) => one > at - ms).length >= most)
    if (broken) return broken
    times.set(key, [...past, at])
    return null
  }
}

export const jsonAnswer = (status: number, body: object): ApiAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
})
