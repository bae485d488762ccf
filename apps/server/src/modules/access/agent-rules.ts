import { preferences, type Preferences, type Role, roles } from '@qiao/protocol'
import { AppError } from '#platform/errors'

/** From `roles` the strongest comes first. */
const strength = (role: Role): number => roles.length - roles.indexOf(role)

/** A key never allows more than its maker may today, whatever it was made for. */
export const weakerRole = (one: Role, other: Role): Role => (strength(one) < strength(other) ? one : other)

export const isStronger = (one: Role, other: Role): boolean => strength(one) > strength(other)

export interface AdminState {
  id: string
  role: Role
  disabled: boolean
}

const administers = ({ role, disabled }: Omit<AdminState, 'id'>): boolean => role === 'admin' && !disabled

/** Without an administrator nobody could ever make one again. */
export function keepAnAdmin(agents: readonly AdminState[], changed: AdminState): void {
  const others = agents.filter((agent) => agent.id !== changed.id)
  if (!administers(changed) && !others.some(administers)) throw new AppError('last-admin')
}

/** What is stored may be older than the schema. */
export const readPreferences = (stored: unknown): Preferences =>
  preferences.safeParse(stored).data ?? preferences.parse({})

/** Faces are our own files or pages of the web; anything else could run or track in colleagues' browsers. */
export function checkAvatarUrl(url: string): void {
  const ownFile = url.startsWith('/') && !url.startsWith('//') && !url.startsWith('/\\')
  if (ownFile || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) return
  throw refused('avatarUrl', 'Must be a web address or a path of this server')
}

export function checkTimeZone(zone: string, path = 'timeZone'): void {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    throw refused(path, `There is no time zone ${zone}`)
  }
}

/** Like a refusal by a schema, for rules that a schema cannot know. */
export const refused = (path: string, message: string): AppError =>
  new AppError('invalid-input', { detail: `body.${path}: ${message}`, issues: [{ path: `body.${path}`, message }] })
