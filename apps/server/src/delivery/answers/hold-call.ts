import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenCall, RawResponse } from '@qiao/channels'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { answerReady } from '../topics.ts'
import { bindAnswer } from './bind-answer.ts'
import { readAnswer } from './give-answer.ts'
import { type CallName, closeCall, noteCall, type NotedCall, type PartName } from './open-calls.ts'

/** A call that waits for its answer. */
export interface HeldCall extends CallName {
  account: Account
  /** The configuration by which the call was the provider's. */
  config: unknown
  open: OpenCall
  noted: NotedCall
  /** On `performance.now()`. */
  deadline: number
}
export type Held =
  | { kind: 'answer'; part: PartName; response: RawResponse }
  /** The provider is told that there is none. */
  | { kind: 'nothing' }
  /** It is told nothing, and comes again. */
  | { kind: 'lapse' }

const nameOf = (inboxId: string, address: string): string => `${inboxId} ${address}`

/**
 * Keeps calls open whose answer can be a message, until something is there for their customer or their time is over. What
 * is there is looked for at a hint, and once more at the end: a hint that is lost costs seconds, never the message.
 */
export function createCallHolder(deps: ChannelDeps) {
  const waiting = new Map<string, Set<() => void>>()
  const stopping = new AbortController()
  const end = deps.bus.subscribe(answerReady, ({ inboxId, address }) => {
    for (const wake of waiting.get(nameOf(inboxId, address)) ?? []) wake()
  })

  /** Resolves at a hint, at the end of the time, or when it is over for another reason. */
  async function hinted(name: string, ms: number, over: AbortSignal): Promise<void> {
    const woken = new AbortController()
    const wake = () => woken.abort()
    const all = waiting.get(name) ?? new Set()
    waiting.set(name, all.add(wake))
    await sleep(ms, undefined, { signal: AbortSignal.any([woken.signal, over]) }).catch(() => undefined)
    all.delete(wake)
    if (all.size === 0) waiting.delete(name)
  }

  return {
    /** To be called before what the call brings is stored; null where calls cannot be answered by messages. */
    async note(account: Account, config: unknown, eventId: string, open: OpenCall, elapsedMs: number) {
      const { answers } = account.capabilities
      // What a paused inbox receives is not worked off, so that nothing can come of it.
      if (!answers || !account.channel.webhook?.answers || account.inbox.pausedAt) return null
      const inboxId = account.inbox.id
      const leftMs = Math.max(0, answers.withinMs - elapsedMs)
      const until = new Date(deps.clock.now().getTime() + leftMs)
      const noted = await noteCall(deps.db, { inboxId, eventId }, open.to, until)
      return { account, config, inboxId, eventId, open, noted, deadline: performance.now() + leftMs } satisfies HeldCall
    },
    async hold(call: HeldCall, gone: AbortSignal): Promise<Held> {
      const { account, noted, open, deadline, inboxId } = call
      if (noted.closed) return { kind: 'nothing' }
      const { only = false, calls = 1 } = account.capabilities.answers ?? {}
      const over = AbortSignal.any([gone, stopping.signal])
      const name = nameOf(inboxId, open.to)
      // Nothing can be ready for what was only just stored, but for what waited for this call.
      let part = only || noted.tries > 1 ? await bindAnswer(deps, account, call, open.to) : null
      while (!part && !over.aborted && performance.now() < deadline) {
        await hinted(name, deadline - performance.now(), over)
        if (!gone.aborted) part = await bindAnswer(deps, account, call, open.to)
      }
      if (!part && (gone.aborted || (only && noted.tries < calls && !stopping.signal.aborted))) return { kind: 'lapse' }
      // Another try of the same call may have found something in this moment.
      if (!part && !(await closeCall(deps.db, call))) part = await bindAnswer(deps, account, call, open.to)
      const response = part && (await readAnswer(deps, call, part))
      return part && response ? { kind: 'answer', part, response } : { kind: 'nothing' }
    },
    stop(): void {
      stopping.abort()
      end()
    },
  }
}
