import type { AgentProfile } from '@qiao/protocol'
import type { Level } from './levels.ts'

/** What was changed of one agent. Only this is put over what is saved, so that two people can fill the matrix at once. */
export interface AgentChange {
  number?: string | null
  profileId?: string | null
  languages?: string[]
  weight?: number
  skills?: Record<string, Level | null>
}
export interface Change extends AgentChange {
  /** The version that it started from: somebody else may save meanwhile. Null goes over whatever is saved. */
  from: number | null
}
/** By agent. */
export type Changes = ReadonlyMap<string, Change>

export const blankProfile = (agentId: string): AgentProfile => ({
  agentId,
  number: null,
  profileId: null,
  languages: [],
  skills: [],
  weight: 100,
  version: 1,
  changedAt: null,
  changedBy: null,
})

export const levelOf = (profile: AgentProfile, skillId: string): Level | null =>
  profile.skills.find((skill) => skill.skillId === skillId)?.level ?? null

export function changed(profile: AgentProfile, change: Change | undefined): AgentProfile {
  if (!change) return profile
  const { skills = {}, from: _, ...rest } = change
  const kept = profile.skills.filter(({ skillId }) => !(skillId in skills))
  const set = Object.entries(skills).flatMap(([skillId, level]) => (level === null ? [] : [{ skillId, level }]))
  return { ...profile, ...rest, skills: [...kept, ...set] }
}

export function withChange(
  changes: Changes,
  { agentId, version }: Pick<AgentProfile, 'agentId' | 'version'>,
  part: AgentChange,
): Changes {
  const before = changes.get(agentId) ?? { from: version }
  const skills = { ...before.skills, ...part.skills }
  const merged = { ...before, ...part, ...(Object.keys(skills).length > 0 ? { skills } : {}) }
  return new Map(changes).set(agentId, merged)
}

/** What was changed while `sent` was being saved is still to be saved, over that. */
export function afterSaving(changes: Changes, sent: Change, { agentId, version }: AgentProfile): Changes {
  const left = new Map(changes)
  const now = left.get(agentId)
  if (now === sent) left.delete(agentId)
  else if (now) left.set(agentId, { ...now, from: version })
  return left
}

export const overWhateverIsSaved = (changes: Changes): Changes =>
  new Map([...changes].map(([agentId, change]) => [agentId, { ...change, from: null }]))

/** Numbers that two people would have: the server refuses them, and customers could not tell them apart. */
export function doubledNumbers(profiles: readonly AgentProfile[]): string[] {
  const seen = new Map<string, number>()
  for (const { number } of profiles) if (number) seen.set(number, (seen.get(number) ?? 0) + 1)
  return [...seen].filter(([, count]) => count > 1).map(([number]) => number)
}
