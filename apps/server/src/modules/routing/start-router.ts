import { type Offer as Decided, eligibleAgents, explain } from '@qiao/routing'
import { accessChanged, entriesAppended, settingsChanged } from '#conversations'
import { messageOf } from '#platform/thrown'
import { askHook } from './ask-hook.ts'
import { type Claim, claimOffers } from './claim-offers.ts'
import { pause, standForElection } from './elect.ts'
import { endDueOffers, endDueWrapUps } from './end-due.ts'
import { movesWork } from './moves-work.ts'
import type { HookSecrets } from './hook-secrets.ts'
import { forgetDeadNodes } from './presence.ts'
import { raiseAlarms } from './raise-alarms.ts'
import type { Ringing } from './read-offers.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { createPlaces } from './tell-places.ts'
import { endSilence, noteSilence, tendWork } from './tend-work.ts'
import { toWaiting } from './to-routing.ts'
import { agentsMoved, offerMade, placesTold, placeWanted, routingMoved, type WaitNow } from './topics.ts'
import { toWorkItem } from './work-item-row.ts'
import { createWorkingState } from './working-state.ts'

export interface RouterDeps extends RoutingDeps {
  /** Of the database, for the connection that holds the router's lock. */
  databaseUrl: string
  /** What the endpoint of a queue checks our questions with. */
  hookSecrets: Pick<HookSecrets, 'read'>
  /** Tells those who see no live place. Asked again and again, so that what a crash kept from being told is told later. */
  tellWaits?: (waits: readonly WaitNow[]) => Promise<void>
}

/** Without a hint the router looks by itself this often: hints of other processes may be lost. */
const lookEveryMs = 1_000
const tendEveryMs = 2_000
/** A claim that somebody else's transaction stood in the way of is tried again after this. */
const refusedRestMs = 10
/** Places in queues are told at most this often. */
const tellEveryMs = 500
/** Of a decision among many agents, so many are kept for the explanation: those who could, then those who could not. */
const mostCandidates = 100

const nothing = (): void => undefined

/** Stands for election; while elected, distributes the work of all processes. */
export function startRouter(deps: RouterDeps): { stop(): Promise<void> } {
  return standForElection({ url: deps.databaseUrl, log: deps.log }, (signal) => distribute(deps, signal))
}

async function distribute(deps: RouterDeps, elected: AbortSignal): Promise<void> {
  const { pool, bus, clock, log } = deps
  // A term also ends when something fails in it: then whatever runs beside it must end too.
  const term = new AbortController()
  const signal = AbortSignal.any([elected, term.signal])
  const state = createWorkingState(pool)
  const places = createPlaces(pool, state)
  const moved = new Set<string>()
  let hinted = true
  let wake = nothing
  const hint = (): void => {
    hinted = true
    wake()
  }
  const silenced = (conversationId: string): boolean =>
    [...state.items.values()].some((item) => item.conversation_id === conversationId && item.silent_since !== null)
  const unsubscribe = [
    bus.subscribe(routingMoved, hint),
    bus.subscribe(entriesAppended, ({ scope, entries }) => {
      if (entries.some((entry) => entry.kind === 'contact.identified')) places.identified(scope.id, scope.contactId)
      if (entries.some((entry) => movesWork.has(entry.kind))) hint()
      else if (entries.some((entry) => entry.kind === 'message.received') && silenced(scope.id))
        void endSilence(deps, scope.id).then(hint, () => undefined)
    }),
    bus.subscribe(settingsChanged, ({ what }) => {
      if (what === 'inboxes' || what === 'me') return
      state.forgetSettings()
      hint()
    }),
    bus.subscribe(accessChanged, () => {
      state.forgetSettings()
      hint()
    }),
    bus.subscribe(placeWanted, ({ contactId }) => {
      const told = places.again(contactId)
      if (told.length > 0) bus.publish(placesTold, { told })
    }),
    bus.onGap(() => {
      state.forgetSettings()
      hint()
    }),
  ]
  // What goes by itself must not hold up what is decided now, and one failure must not end the term.
  const tending = every(tendEveryMs, signal, async () => {
    await forgetDeadNodes(deps)
    await tendWork(deps)
    await raiseAlarms(deps, state)
    hint()
  })
  const telling = every(tellEveryMs, signal, async () => {
    const queueIds = [...moved]
    moved.clear()
    if (queueIds.length === 0) return
    const started = performance.now()
    await places.news(queueIds, clock.now(), (told) => bus.publish(placesTold, { told }))
    // Foreseeing waits of thousands takes long: never more than a tenth of this process goes into telling them.
    await pause(9 * (performance.now() - started), signal)
  })
  const { tellWaits } = deps
  const announcing = tellWaits && every(tendEveryMs, signal, () => tellWaits(places.waits()))
  // Estimates move with time alone too.
  const refreshing = every(15_000, signal, async () => {
    // What nobody told of, because whoever would have has died: settings are few, and read anew in no time.
    state.forgetSettings()
    for (const id of state.queues.keys()) moved.add(id)
  })

  async function look(): ReturnType<typeof state.look> {
    const seen = await state.look()
    for (const queueId of seen.moved) moved.add(queueId)
    return seen
  }

  async function pass(): Promise<number> {
    let { due, seenBefore } = await look()
    const overdue = due !== null && due <= clock.now()
    if (overdue) {
      await endDueOffers(deps)
      await endDueWrapUps(deps)
      // Who waits again at an old place from now on comes before those who came later.
      ;({ due, seenBefore } = await look())
    }
    // Whatever cannot be ended at this moment must not keep anybody waiting: work is distributed in the same pass.
    const now = clock.now()
    const { offers, wakeAt } = state.router.settle(now.getTime())
    const made = await commit(offers, now, seenBefore)
    // What was claimed is looked at once more before anybody rests; where all was refused, a moment later. Rows that
    // somebody else's transaction holds at this moment were passed over and are looked for again.
    if (made > 0) return 0
    if (offers.length > 0 || overdue) return refusedRestMs
    const next = Math.min(wakeAt ?? Infinity, due?.getTime() ?? Infinity)
    return Math.max(0, Math.min(next - clock.now().getTime(), lookEveryMs))
  }

  function toClaim(decided: Decided, now: Date, seenBefore: string): Claim | null {
    const row = state.items.get(decided.itemId)
    const queue = row?.queue_id ? state.queues.get(row.queue_id) : undefined
    const item = row && toWaiting(row)
    if (!row || !item || !queue) return null
    const members = new Set(state.router.queues.get(queue.id)?.groups.flatMap(({ agentIds }) => [...agentIds]))
    for (const id of decided.agentIds) members.add(id)
    const agents = new Map([...members].flatMap((id) => agentEntry(id)))
    const candidates = explain({ queues: state.router.queues, agents, waiting: new Map() }, item, now.getTime())
    return {
      decided,
      queueId: queue.id,
      itemVersion: row.version,
      seenBefore,
      agentsGained: new Map(decided.agentIds.map((id) => [id, state.agents.get(id)?.gained ?? -1])),
      expiresAt: new Date(now.getTime() + queue.settings.offer.seconds * 1000),
      chosenBy: 'router',
      candidates: candidates
        .toSorted((a, b) => Number(a.excluded !== null) - Number(b.excluded !== null))
        .slice(0, mostCandidates),
    }
  }
  /** The agent as they were when the decision was made, not as it left them. */
  function agentEntry(id: string): [string, NonNullable<ReturnType<typeof state.agents.get>>['agent']][] {
    const loaded = state.agents.get(id)
    return loaded ? [[id, loaded.agent]] : []
  }

  async function commit(offers: readonly Decided[], now: Date, seenBefore: string): Promise<number> {
    if (offers.length === 0) return 0
    const claims = offers.flatMap((decided) => {
      const claim = toClaim(decided, now, seenBefore)
      // The router took them out of its picture: what cannot be claimed is looked at again.
      if (!claim) state.doubt([decided.itemId], decided.agentIds)
      return claim ?? []
    })
    const [asked, own] = [claims.filter(mayBeAsked), claims.filter((claim) => !mayBeAsked(claim))]
    // Somebody else's answer may take a second: whoever waits in other queues must not wait for it.
    for (const claim of asked) void chooseByHook(claim).then(hint, failed)
    const made = await make(own, now)
    state.claimed(made.map(({ agentId, offer: { itemId } }) => ({ itemId, agentId })))
    return made.length + asked.length
  }

  async function make(claims: readonly Claim[], now: Date): Promise<readonly Ringing[]> {
    const made = await claimOffers(pool, claims, now)
    const done = new Set(made.map(({ offer }) => offer.itemId))
    const refused = claims.flatMap(({ decided }) => (done.has(decided.itemId) ? [] : [decided]))
    state.doubt(
      refused.map(({ itemId }) => itemId),
      refused.flatMap(({ agentIds }) => agentIds),
    )
    // Whoever is offered something hears of it while the next decision is under way.
    process.nextTick(() => announce(made))
    return made
  }

  function mayBeAsked({ queueId, decided }: Claim): boolean {
    // Who is waited for, or rung all together, is chosen already.
    return Boolean(state.queues.get(queueId)?.settings.hook) && !decided.preferred && decided.agentIds.length === 1
  }

  async function chooseByHook(claim: Claim): Promise<void> {
    const { decided, queueId } = claim
    const row = state.items.get(decided.itemId)
    const item = row && toWaiting(row)
    const hook = state.queues.get(queueId)?.settings.hook
    if (!row || !item || !hook) return
    const [first = ''] = decided.agentIds
    const loaded = new Map([...state.agents.keys()].flatMap((id) => agentEntry(id)))
    const able = eligibleAgents({ queues: state.router.queues, agents: loaded, waiting: new Map() }, item, Date.now())
    const secrets = (await deps.hookSecrets.read(deps.db, queueId, clock.now())).map(({ secret }) => secret)
    const chosen = await askHook(
      deps.fetch,
      { ...hook, secrets },
      {
        type: 'routing.choose',
        timestamp: clock.now().toISOString(),
        data: { item: toWorkItem(row), agentIds: [first, ...able.filter((id) => id !== first)] },
      },
    )
    const agentIds = chosen === null ? decided.agentIds : [chosen]
    const agentsGained = new Map(agentIds.map((id) => [id, state.agents.get(id)?.gained ?? -1]))
    const chosenBy = chosen === null ? 'router' : 'hook'
    // The router took them for busy with this; whoever was not chosen is free after all.
    state.doubt([], decided.agentIds)
    await make([{ ...claim, decided: { ...decided, agentIds }, agentsGained, chosenBy }], clock.now())
  }
  function failed(error: unknown): void {
    log.warn({ reason: messageOf(error) }, 'an offer could not be made')
    state.forgetAll()
    hint()
  }

  function announce(made: readonly Ringing[]): void {
    if (made.length === 0) return
    for (const one of made) {
      if (state.queues.get(one.offer.queueId)?.settings.offer.mode === 'auto') void accept(one)
      else bus.publish(offerMade, one)
    }
    bus.publish(agentsMoved, { agentIds: made.map(({ agentId }) => agentId) })
  }

  /** Where the queue says so, the work is the agent's without being asked. */
  async function accept({ agentId, offer: { id, itemId, conversationId } }: Ringing): Promise<void> {
    try {
      await deps.appender.append({
        conversationId,
        clientKey: `offer:${id}`,
        author: { type: 'system' },
        decide: (conversation) =>
          conversation.queue?.itemId === itemId
            ? [{ kind: 'conversation.assigned', body: { agentId, fromAgentId: null, cause: 'offered' } }]
            : [],
      })
    } catch (error) {
      // The offer rings out, and the work goes on to somebody else.
      log.warn({ reason: messageOf(error) }, 'an offer could not be accepted by itself')
    }
  }

  try {
    await noteSilence(deps)
    while (!signal.aborted) {
      hinted = false
      const restMs = await pass()
      if (hinted || restMs === 0 || signal.aborted) continue
      const resting = new AbortController()
      const stop = (): void => resting.abort()
      wake = stop
      signal.addEventListener('abort', stop)
      // A hint may have come while this was set up.
      if (!isHinted()) await pause(restMs, resting.signal)
      signal.removeEventListener('abort', stop)
      wake = nothing
    }
  } finally {
    term.abort()
    for (const end of unsubscribe) end()
    await Promise.allSettled([tending, telling, announcing, refreshing])
  }

  function isHinted(): boolean {
    return hinted
  }

  /** Again and again until the term ends; a failure is told and tried again. */
  async function every(milliseconds: number, until: AbortSignal, work: () => Promise<void>): Promise<void> {
    while (!until.aborted) {
      try {
        await work()
      } catch (error) {
        if (!until.aborted) log.warn({ reason: messageOf(error) }, 'the router could not look after its work')
      }
      await pause(milliseconds, until)
    }
  }
}
