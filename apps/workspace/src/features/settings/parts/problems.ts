export type ProblemKind = 'missing' | 'long' | 'small' | 'big' | 'url' | 'colour' | 'format'
/** What is wrong, by the path of the field: `preChat.fields.0.label`. */
export type Problems = ReadonlyMap<string, ProblemKind>

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

/** Adds what the schema of the server found, except where something is known to be wrong already. */
export function addIssues(found: Map<string, ProblemKind>, issues: readonly Issue[] = []): void {
  for (const issue of issues) {
    const path = issue.path.map(String).join('.')
    if (!found.has(path)) found.set(path, kindOf(issue))
  }
}

/** Where a field of the settings is edited; what is no setting is among the general things. */
export const sectionFinder =
  <Section extends string>(sectionOfField: Readonly<Record<string, Section>>, general: Section) =>
  (path: string): Section =>
    sectionOfField[path.split('.')[0] ?? ''] ?? general
