import type { InsertDraft, InsertKind } from '@qiao/protocol'
import { emptyInsert, insertKinds } from './check-insert.ts'

/** Field by field, in whichever order a database has kept them. */
const flat = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, each]) => `${name}:${flat(each)}`)
        .join('\n')
    : JSON.stringify(value)

export const sameInsert = (a: InsertDraft | null, b: InsertDraft | null): boolean => flat(a) === flat(b)

/** What is worth keeping of it: kinds in which something stands; null when there is none. */
export function keptInsert(insert: InsertDraft): InsertDraft | null {
  const kinds = insertKinds.filter((kind) => insert[kind] && flat(insert[kind]) !== flat(emptyInsert[kind]))
  return kinds.length > 0 ? Object.fromEntries(kinds.map((kind) => [kind, insert[kind]])) : null
}

export const withoutInsert = (insert: InsertDraft | null, kind: InsertKind): InsertDraft | null =>
  insert && keptInsert({ ...insert, [kind]: undefined })
