import { type Inbox, type InboxSettings, inboxSettings } from '@qiao/protocol'
import { type ProblemKind, type Problems, addIssues, sectionFinder } from '../parts/problems.ts'

/** What the editor changes of an inbox before it is saved. */
export interface Draft {
  name: string
  teamIds: string[]
  calendarId: string | null
  settings: InboxSettings
}

export const draftOf = (inbox: Inbox): Draft => ({
  name: inbox.name,
  teamIds: inbox.teamIds,
  calendarId: inbox.calendarId,
  settings: inbox.settings,
})

export const sections = [
  'general',
  'look',
  'words',
  'install',
  'pre-chat',
  'offline',
  'conversation',
  'closing',
  'routing',
  'identity',
] as const
export type SectionKey = (typeof sections)[number]
/** Our own web chat has no letters. */
export type FieldSection = SectionKey | 'mail'

const sectionOfField: Record<keyof InboxSettings, FieldSection> = {
  audience: 'identity',
  look: 'look',
  defaultLocale: 'words',
  words: 'words',
  acknowledgements: 'offline',
  preChat: 'pre-chat',
  offline: 'offline',
  attachments: 'conversation',
  voiceNotes: 'conversation',
  typingPreview: 'conversation',
  celebrations: 'conversation',
  visitorMayClose: 'conversation',
  transcript: 'conversation',
  continueIn: 'conversation',
  survey: 'closing',
  reopenWithinMinutes: 'closing',
  autoClose: 'closing',
  routing: 'routing',
  mail: 'mail',
  identity: 'identity',
  allowedDomains: 'identity',
}

export const sectionOfPath = sectionFinder<FieldSection>(sectionOfField, 'general')

/** Judged by the schema that the server uses, so that what can be saved here is not refused there. */
export function problemsOf(draft: Draft): Problems {
  const found = new Map<string, ProblemKind>()
  if (draft.name.trim() === '') found.set('name', 'missing')
  const names = draft.settings.preChat.fields.map((field) => field.name)
  names.forEach((name, index) => {
    if (names.indexOf(name) < index) found.set(`preChat.fields.${index}.name`, 'format')
  })
  const topics = draft.settings.offline.topics.map(({ key }) => key)
  topics.forEach((key, index) => {
    if (topics.indexOf(key) < index) found.set(`offline.topics.${index}.key`, 'format')
  })
  addIssues(found, inboxSettings.safeParse(draft.settings).error?.issues)
  return found
}

export const brokenSections = (problems: Problems): ReadonlySet<FieldSection> =>
  new Set([...problems.keys()].map(sectionOfPath))
