import type { Author } from '@qiao/protocol/entries'
import type { PublicAgent } from '@qiao/protocol/visitor-view'
import { config, state } from '../store.ts'
import { say } from '../words/words.ts'

/** Name and face of whoever speaks. */
export function person(author: Author): { name: string; url: string | null } {
  if (author.type === 'contact') return { name: say('you'), url: null }
  if (author.type === 'agent') {
    const agent = state.value.agents.get(author.id)
    if (agent) return { name: agent.name, url: agent.avatarUrl }
  }
  const name = author.type === 'bot' ? say('bot') : (config.value?.inbox.name ?? '')
  return { name, url: config.value?.settings.look.logoUrl ?? null }
}

/** The agent by name and, where there is one, by number (工号). */
export const servedBy = ({ name, number }: Pick<PublicAgent, 'name' | 'number'>): string =>
  number ? say('servesNumber', { name, number }) : say('serves', { name })
