import { type Queue, type QueueSettings, queueSettings } from '@qiao/protocol'
import { type ProblemKind, type Problems, addIssues, sectionFinder } from '../parts/problems.ts'

/** What the editor changes of a queue before it is saved. */
export interface Draft {
  name: string
  calendarId: string | null
  settings: QueueSettings
}

export const draftOf = ({ name, calendarId, settings }: Queue): Draft => ({ name, calendarId, settings })

export const sections = [
  'general',
  'serving',
  'steps',
  'order',
  'offer',
  'prefer',
  'limits',
  'words',
  'wrap-up',
  'target',
  'hook',
] as const
export type SectionKey = (typeof sections)[number]

const sectionOfField: Record<keyof QueueSettings, SectionKey> = {
  order: 'order',
  priorities: 'order',
  topicPriorities: 'order',
  wordPriorities: 'order',
  selection: 'offer',
  offer: 'offer',
  agentGraceSeconds: 'offer',
  whenAgentGone: 'offer',
  whenAgentOffline: 'offer',
  silentAfterMinutes: 'offer',
  groups: 'serving',
  steps: 'steps',
  lastAgent: 'prefer',
  owner: 'prefer',
  namedAgent: 'prefer',
  wrapUp: 'wrap-up',
  limits: 'limits',
  overflow: 'limits',
  customerGraceSeconds: 'limits',
  alternatives: 'words',
  announcements: 'words',
  words: 'words',
  service: 'target',
  hook: 'hook',
}
export const sectionOfPath = sectionFinder<SectionKey>(sectionOfField, 'general')

/** Judged by the schema that the server uses, so that what can be saved here is not refused there. */
export function problemsOf(draft: Draft): Problems {
  const found = new Map<string, ProblemKind>()
  if (draft.name.trim() === '') found.set('name', 'missing')
  draft.settings.steps.forEach(({ needs }, step) => {
    const skills = needs.map((need) => need.skillId)
    skills.forEach((skill, index) => {
      if (skills.indexOf(skill) < index) found.set(`steps.${step}.needs.${index}.skillId`, 'format')
    })
  })
  addIssues(found, queueSettings.safeParse(draft.settings).error?.issues)
  return found
}

export const brokenSections = (problems: Problems): ReadonlySet<SectionKey> =>
  new Set([...problems.keys()].map(sectionOfPath))
