import type { EntryOf } from '@qiao/protocol'
import { dateTime, clockTime } from '../../../shared/time.ts'
import { type Translate, currentLanguage } from '../../../shared/i18n.ts'
import { inOneLanguage } from '../../../shared/in-one-language.ts'
import type { InboxKey } from '../words.ts'
import type { Row } from './rows.ts'

type EventEntry = Extract<Row, { type: 'event' }>['entry']
type T = Translate<InboxKey>

/** Names of who and what an entry speaks of. */
export interface Named {
  actor: (author: EventEntry['author']) => string
  agent: (id: string) => string
  team: (id: string) => string
  queue: (id: string) => string
  disposition: (id: string) => string
}

const listOf = (tags: string[]): string => new Intl.ListFormat(currentLanguage(), { style: 'narrow' }).format(tags)

/** An entry that is not a message, as one sentence. */
export function eventWords(entry: EventEntry, t: T, named: Named): string {
  const actor = named.actor(entry.author)
  switch (entry.kind) {
    case 'conversation.assigned':
      return assignedWords(entry, t, named)
    case 'conversation.transferred': {
      const { agentId, teamId } = entry.body
      if (agentId) return t('event.transferredAgent', { actor, agent: named.agent(agentId) })
      return t('event.transferredTeam', { actor, team: teamId ? named.team(teamId) : '' })
    }
    case 'conversation.closed': {
      if (entry.author.type === 'contact') return t('event.closedContact')
      if (entry.author.type === 'system' && entry.body.reason === 'no-reply') return t('event.closedSilence')
      return t('event.closed', { actor, reason: t(`reason.${entry.body.reason}`) })
    }
    case 'conversation.reopened':
      if (entry.body.cause === 'undelivered') return t('event.reopenedUndelivered')
      return entry.body.cause === 'agent' ? t('event.reopened', { actor }) : t('event.reopenedContact')
    case 'conversation.snoozed':
      return t('event.snoozed', { actor, time: dateTime(entry.body.until) })
    case 'conversation.woken':
      if (entry.body.cause === 'time') return t('event.wokenTime')
      if (entry.body.cause === 'undelivered') return t('event.wokenUndelivered')
      return entry.body.cause === 'agent' ? t('event.woken', { actor }) : t('event.wokenContact')
    case 'conversation.tagged': {
      const { added, removed } = entry.body
      const parts = [
        added.length > 0 ? t('event.tagged', { actor, tags: listOf(added) }) : '',
        removed.length > 0 ? t('event.untagged', { actor, tags: listOf(removed) }) : '',
      ]
      return parts.filter(Boolean).join(' · ')
    }
    case 'conversation.silence-warned':
      return t('event.silenceWarned', { time: clockTime(entry.body.closesAt) })
    case 'contact.identified':
      return identifiedWords(entry, t, actor)
    case 'survey.requested':
      return t('event.surveyAsked')
    case 'survey.answered': {
      const score = scoreWords(entry.body, t)
      return entry.body.comment
        ? t('event.surveyComment', { score, comment: entry.body.comment })
        : t('event.surveyScore', { score })
    }
    case 'conversation.queued':
      return queuedWords(entry, t, named)
    case 'conversation.queue-left':
      return t(`event.queueLeft.${entry.body.outcome}`, { actor })
    case 'conversation.prioritised':
      return entry.body.front
        ? t('event.pulledToFront', { actor })
        : t('event.prioritised', { actor, points: entry.body.priority })
    case 'participant.joined':
      return t('event.joined', { agent: named.agent(entry.body.agentId) })
    case 'participant.left':
      return t('event.left', { agent: named.agent(entry.body.agentId) })
    case 'conversation.wrapped-up':
      return wrappedUpWords(entry, t, named)
    case 'message.reacted':
      return entry.body.emoji ? t('event.reacted', { actor, emoji: entry.body.emoji }) : t('event.unreacted', { actor })
    case 'contact.acted': {
      const { act, words, parameter } = entry.body
      // Told by the channel in both languages.
      const said = act.startsWith('session-') ? inOneLanguage(words) : words
      if (entry.author.type === 'agent') return t('event.actedBy', { actor, words: said })
      return parameter ? t('event.actedWith', { words: said, parameter }) : said
    }
    case 'contact.consented':
      if (entry.author.type === 'agent') return t('event.allowedAgain', { actor })
      if (entry.body.about) return entry.body.wanted ? t('event.promotionIn') : t('event.promotionOut')
      return entry.body.wanted ? t('event.optedIn') : t('event.optedOut')
    // Told by a row of their own.
    case 'conversation.started':
    case 'conversation.merged':
    case 'conversation.absorbed':
    case 'conversation.undelivered':
    case 'conversation.split':
      return ''
    default:
      return entry satisfies never
  }
}

function queuedWords(entry: EntryOf<'conversation.queued'>, t: T, named: Named): string {
  const queue = named.queue(entry.body.queueId)
  const { cause } = entry.body
  if (cause === 'transferred') return t('event.queued.transferred', { actor: named.actor(entry.author), queue })
  if (cause === 'agent-gone') return t('event.queued.agentGone', { queue })
  if (cause === 'overflowed') return t('event.queued.overflowed', { queue })
  return t('event.queued', { queue })
}

function wrappedUpWords({ author, body }: EntryOf<'conversation.wrapped-up'>, t: T, named: Named): string {
  const words = body.cause === 'time' ? t('event.wrappedUpTime') : t('event.wrappedUp', { actor: named.actor(author) })
  const disposition = body.dispositionId ? named.disposition(body.dispositionId) : ''
  return disposition ? t('event.wrappedUpAs', { words, disposition }) : words
}

function assignedWords(entry: EntryOf<'conversation.assigned'>, t: T, named: Named): string {
  const actor = named.actor(entry.author)
  const { agentId, cause } = entry.body
  if (agentId === null) return releasedWords(cause, t, actor)
  const agent = named.agent(agentId)
  if (cause === 'offered') return t('event.assignedOffered', { agent })
  if (cause === 'taken-over') return t('event.takenOver', { agent })
  if (cause === 'replied') return t('event.assignedReplied', { agent })
  const self = entry.author.type === 'agent' && entry.author.id === agentId
  if (self) return entry.body.fromAgentId ? t('event.takenOver', { agent }) : t('event.assignedSelf', { actor })
  if (entry.author.type === 'system') return t('event.assignedSystem', { agent })
  return t('event.assignedTo', { actor, agent })
}

function releasedWords(cause: EntryOf<'conversation.assigned'>['body']['cause'], t: T, actor: string): string {
  if (cause === 'agent-removed') return t('event.releasedRemoved')
  return cause === 'agent-gone' ? t('event.releasedGone') : t('event.released', { actor })
}

export function scoreWords({ scale, score }: { scale: 'stars' | 'thumbs' | 'faces'; score: number }, t: T): string {
  if (scale === 'stars') return t('score.stars', { count: score })
  if (scale === 'thumbs') return score >= 3 ? t('score.up') : t('score.down')
  const faces = ['score.face1', 'score.face2', 'score.face3', 'score.face4', 'score.face5'] as const
  return t(faces[Math.min(5, Math.max(1, score)) - 1] ?? 'score.face3')
}

function identifiedWords({ author, body }: EntryOf<'contact.identified'>, t: T, actor: string): string {
  const { name, undone } = body
  if (undone) return t('event.unmerged', { actor })
  if (author.type === 'agent')
    return name ? t('event.mergedBy', { actor, name }) : t('event.mergedByNameless', { actor })
  return name ? t('event.identified', { name }) : t('event.identifiedNameless')
}
