import type { Entry } from '@qiao/protocol'

/** Agents of whom an entry tells the visitor: they need a name and a face. */
export function agentIdsIn(entry: Entry): string[] {
  const author = entry.author.type === 'agent' ? [entry.author.id] : []
  switch (entry.kind) {
    case 'conversation.assigned':
    case 'participant.joined':
    case 'participant.left':
      return entry.body.agentId ? [...author, entry.body.agentId] : author
    default:
      return author
  }
}
