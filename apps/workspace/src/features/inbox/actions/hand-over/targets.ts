import type { Agent, OutputOf, Queue, Team, listRoutingTargets } from '@qiao/protocol'
import { translate } from '../../../../shared/i18n.ts'
import { waitWords } from '../../../../shared/routing/names.ts'
import { routingWords } from '../../../../shared/routing-words.ts'
import { workWords } from '../../work-words.ts'

export type HandMode = 'transfer' | 'consult' | 'invite'
export const handModes = ['transfer', 'consult', 'invite'] as const
export type Live = OutputOf<typeof listRoutingTargets>

export interface Target {
  key: string
  type: 'queue' | 'agent' | 'team'
  id: string
  name: string
  /** How it stands there now. */
  note: string
  tone: 'good' | 'fair' | 'poor' | 'none'
  avatarUrl: string | null
}

interface Known {
  agents: readonly Agent[]
  teams: readonly Team[]
  queues: readonly Queue[]
}
interface Wanted {
  mode: HandMode
  /** Who has it already, or would ask themselves. */
  without: ReadonlySet<string>
  queueId: string | null
  text: string
}

const t = (key: Parameters<typeof translate<NonNullable<typeof workWords.keys>>>[1], count?: number): string =>
  translate(workWords, key, count === undefined ? undefined : { count })

function queueTarget({ id, name, pausedAt }: Queue, live: Live | undefined): Target {
  const base = { key: `queue:${id}`, type: 'queue', id, name, avatarUrl: null } as const
  const load = live?.queues.find(({ queueId }) => queueId === id)
  if (!load) return { ...base, note: pausedAt ? t('hand.paused') : '', tone: 'none' }
  if (!load.open) return { ...base, note: t('hand.closed'), tone: 'poor' }
  if (load.paused) return { ...base, note: t('hand.paused'), tone: 'poor' }
  const parts = [t('hand.available', load.available), t('hand.waiting', load.waiting)]
  if (load.wait) parts.push(waitWords(load.wait))
  return { ...base, note: parts.join(' · '), tone: load.available > 0 ? 'good' : 'fair' }
}

function agentTarget({ id, name, avatarUrl }: Agent, live: Live | undefined): Target {
  const base = { key: `agent:${id}`, type: 'agent', id, name, avatarUrl } as const
  const state = live?.agents.find(({ agentId }) => agentId === id)
  if (!state) return { ...base, note: '', tone: 'none' }
  const stands = state.present ? state.state : 'offline'
  const named = translate(routingWords, `state.${stands}`)
  if (stands !== 'available') return { ...base, note: named, tone: stands === 'offline' ? 'poor' : 'fair' }
  const room = `${t(state.hasRoom ? 'hand.room' : 'hand.full')} ${state.unitsUsed}/${state.units}`
  return { ...base, note: `${named} · ${room}`, tone: state.hasRoom ? 'good' : 'fair' }
}

const order = { good: 0, fair: 1, none: 2, poor: 3 }

/** Whom it can go to, those who can take it at once first. Only a transfer may go to a queue or a team. */
export function targetsOf({ agents, teams, queues }: Known, live: Live | undefined, wanted: Wanted): Target[] {
  const words = wanted.text.trim().toLowerCase()
  const fits = ({ name }: Target): boolean => name.toLowerCase().includes(words)
  const sorted = (targets: Target[]): Target[] =>
    targets.filter(fits).toSorted((a, b) => order[a.tone] - order[b.tone] || a.name.localeCompare(b.name))
  const people = sorted(
    agents
      .filter(({ id, disabledAt }) => disabledAt === null && !wanted.without.has(id))
      .map((agent) => agentTarget(agent, live)),
  )
  if (wanted.mode !== 'transfer') return people
  const others = queues.filter(({ id }) => id !== wanted.queueId).map((queue) => queueTarget(queue, live))
  const groups = teams.map(({ id, name }): Target => ({
    key: `team:${id}`,
    type: 'team',
    id,
    name,
    note: '',
    tone: 'none',
    avatarUrl: null,
  }))
  return [...sorted(others), ...people, ...sorted(groups)]
}
