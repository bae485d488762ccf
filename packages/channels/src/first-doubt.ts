import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** The first thing that is wrong, as `place: what`. Of several possible forms the one whose type fits is meant. */
export function firstDoubt({ issues }: z.ZodError): string {
  const [issue] = issues
  return issue ? describe(issue, []) : 'it is wrong'
}

function describe(issue: Issue, above: readonly PropertyKey[]): string {
  const path = [...above, ...issue.path]
  if (issue.code === 'invalid_union') {
    const fitting = issue.errors.find((branch) => branch.every(({ path: [first] }) => first !== 'type'))
    const inner = (fitting ?? issue.errors.at(-1))?.[0]
    if (inner) return describe(inner, path)
  }
  return `${path.map(String).join('.') || 'the whole'}: ${issue.message}`
}
