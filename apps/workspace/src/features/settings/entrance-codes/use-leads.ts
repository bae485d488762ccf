import type { EntranceLeads } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { routingSettingsQuery, useAgents, useTeams } from '../../../shared/staff.ts'
import { words } from './words.ts'

interface Choice {
  value: string
  label: string
}

/** What a code can lead to, what one leads to that is gone included, and how that is called. */
export function useLeads() {
  const t = useWords(words)
  const routing = useQuery(routingSettingsQuery).data
  const agents = useAgents().filter((agent) => !agent.disabledAt)
  const queues = optionsOf(routing?.queues ?? [])
  const teams = optionsOf(useTeams())
  const numbered = agents.flatMap(({ id, name }): Choice[] => {
    const number = routing?.agents.find(({ agentId }) => agentId === id)?.number
    return number ? [{ value: number, label: `${number} · ${name}` }] : []
  })
  const withGone = (known: Choice[], value: string | null, gone: string): Choice[] =>
    value === null || !routing || known.some((choice) => choice.value === value)
      ? known
      : [...known, { value, label: gone }]
  const choicesOf = ({ queueId, teamId, agentNumber }: EntranceLeads) => ({
    queues: withGone(queues, queueId, t('gone')),
    teams: withGone(teams, teamId, t('gone')),
    agents: withGone(numbered, agentNumber, t('goneNumber', { number: agentNumber ?? '' })),
  })
  /** In words, one for each thing that is set. */
  const wordsOf = (leads: EntranceLeads): string[] => {
    const choices = choicesOf(leads)
    return [
      ...named(choices.queues, leads.queueId),
      ...named(choices.teams, leads.teamId),
      ...named(choices.agents, leads.agentNumber),
    ]
  }
  return { choicesOf, wordsOf }
}

const named = (known: readonly Choice[], value: string | null): string[] =>
  known.flatMap((choice) => (choice.value === value ? [choice.label] : []))
