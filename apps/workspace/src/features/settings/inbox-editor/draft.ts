import { type Inbox, type InboxSettings, inboxSettings } from '@qiao/protocol'

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
  'identity',
] as const
export type SectionKey = (typeof sections)[number]

const sectionOfField: Record<keyof InboxSettings, SectionKey> = {
  look: 'look',
  defaultLocale: 'words',
  words: 'words',
  preChat: 'pre-chat',
  offline: 'offline',
  attachments: 'conversation',
  voiceNotes: 'conversation',
  typingPreview: 'conversation',
  celebrations: 'conversation',
  visitorMayClose: 'conversation',
  transcript: 'conversation',
  survey: 'closing',
  reopenWithinMinutes: 'closing',
  autoClose: 'closing',
  routing: 'conversation',
  identity: 'identity',
  allowedDomains: 'identity',
}

export type ProblemKind = 'missing' | 'long' | 'small' | 'big' | 'url' | 'colour' | 'format'
/** What is wrong, by the path of the field: `preChat.fields.0.label`. */
export type Problems = ReadonlyMap<string, ProblemKind>

const isField = (name: string): name is keyof InboxSettings => name in sectionOfField
export const sectionOfPath = (path: string): SectionKey => {
  const field = path.split('.')[0] ?? ''
  return isField(field) ? sectionOfField[field] : 'general'
}

interface Issue {
  code?: string | undefined
  path: PropertyKey[]
  origin?: unknown
  format?: unknown
  input?: unknown
}

function kindOf(issue: Issue): ProblemKind {
  const path = issue.path.map(String)
  if (path.includes('colour')) return 'colour'
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'missing' : 'small'
  if (issue.code === 'too_big') return issue.origin === 'string' || issue.origin === 'array' ? 'long' : 'big'
  if (issue.code === 'invalid_format' && issue.format === 'url') return 'url'
  return issue.code === 'invalid_type' ? 'missing' : 'format'
}

/** Judged by the schema that the server uses, so that what can be saved here is not refused there. */
export function problemsOf(draft: Draft): Problems {
  const found = new Map<string, ProblemKind>()
  if (draft.name.trim() === '') found.set('name', 'missing')
  const names = draft.settings.preChat.fields.map((field) => field.name)
  names.forEach((name, index) => {
    if (names.indexOf(name) < index) found.set(`preChat.fields.${index}.name`, 'format')
  })
  const result = inboxSettings.safeParse(draft.settings)
  for (const issue of result.error?.issues ?? []) {
    const path = issue.path.map(String).join('.')
    if (!found.has(path)) found.set(path, kindOf(issue))
  }
  return found
}

export const brokenSections = (problems: Problems): ReadonlySet<SectionKey> =>
  new Set([...problems.keys()].map(sectionOfPath))
