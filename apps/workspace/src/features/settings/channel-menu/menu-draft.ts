import type { AccountMenu, MenuAct, MenuEntry, MenuFault, MenuKind } from '@qiao/protocol'

/** Where an entry is: which of the bar, and which of the list above that. */
export type EntryPath = readonly [top: number, below?: number]
export type TopEntry = AccountMenu['entries'][number]
/** What an entry can be: what it does, or `list`, which has others below it. */
export type EntryKind = string

export const emptyMenu: AccountMenu = { entries: [] }
export const keyOf = ([top, below]: EntryPath): string => (below === undefined ? `${top}` : `${top}.${below}`)

export function entryAt({ entries }: AccountMenu, [top, below]: EntryPath): TopEntry | undefined {
  const entry = entries[top]
  if (below === undefined || !entry) return entry
  return 'entries' in entry ? entry.entries[below] : undefined
}

export const kindOf = (entry: TopEntry): EntryKind =>
  'entries' in entry ? 'list' : entry.does.kind === 'other' ? entry.does.name : entry.does.kind

const actOf = (kind: EntryKind): MenuAct =>
  kind === 'press'
    ? { kind, key: '' }
    : kind === 'talk'
      ? { kind, words: '' }
      : kind === 'open'
        ? { kind, url: '' }
        : { kind: 'other', name: kind, data: {} }

export const newEntry = (): MenuEntry => ({ label: '', does: actOf('press') })

/** The same words with another meaning. */
export const asKind = ({ label }: TopEntry, kind: EntryKind): TopEntry =>
  kind === 'list' ? { label, entries: [newEntry()] } : { label, does: actOf(kind) }

const changeTop = ({ entries }: AccountMenu, top: number, change: (entry: TopEntry) => TopEntry): AccountMenu => ({
  entries: entries.map((entry, at) => (at === top ? change(entry) : entry)),
})
const changeBelow = (menu: AccountMenu, top: number, change: (entries: MenuEntry[]) => MenuEntry[]): AccountMenu =>
  changeTop(menu, top, (entry) => ('entries' in entry ? { ...entry, entries: change(entry.entries) } : entry))

export function replaceAt(menu: AccountMenu, [top, below]: EntryPath, entry: TopEntry): AccountMenu {
  if (below === undefined) return changeTop(menu, top, () => entry)
  if ('entries' in entry) return menu
  return changeBelow(menu, top, (entries) => entries.map((one, at) => (at === below ? entry : one)))
}

export const addTop = ({ entries }: AccountMenu): AccountMenu => ({ entries: [...entries, newEntry()] })
export const addBelow = (menu: AccountMenu, top: number): AccountMenu =>
  changeBelow(menu, top, (entries) => [...entries, newEntry()])

export function removeAt(menu: AccountMenu, [top, below]: EntryPath): AccountMenu {
  if (below === undefined) return { entries: menu.entries.toSpliced(top, 1) }
  return changeBelow(menu, top, (entries) => entries.toSpliced(below, 1))
}

function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const item = items[from]
  return item === undefined ? [...items] : items.toSpliced(from, 1).toSpliced(to, 0, item)
}
/** Among those beside it. */
export function moveTo(menu: AccountMenu, [top, below]: EntryPath, to: number): AccountMenu {
  if (below === undefined) return { entries: moved(menu.entries, top, to) }
  return changeBelow(menu, top, (entries) => moved(entries, below, to))
}

export const countBeside = (menu: AccountMenu, [top, below]: EntryPath): number => {
  const parent = menu.entries[top]
  return below === undefined || !parent || !('entries' in parent) ? menu.entries.length : parent.entries.length
}

/** The path within the menu, as `menuFaults` names it. */
const faultPath = ([top, below]: EntryPath): string =>
  below === undefined ? `entries.${top}` : `entries.${top}.entries.${below}`

/** What is wrong with one entry, by its field: `label`, `does.key`, `entries` … */
export function faultsAt(faults: readonly MenuFault[], path: EntryPath): ReadonlyMap<string, MenuFault> {
  const start = `${faultPath(path)}.`
  const found = new Map<string, MenuFault>()
  for (const fault of faults) {
    const at = fault.path.join('.')
    const field = at.startsWith(start) ? at.slice(start.length) : ''
    if (field !== '' && !/^entries\.\d/u.test(field)) found.set(field, fault)
  }
  return found
}

/** A kind that is not known here can be kept and moved, not edited. */
export const isKnown = (kind: EntryKind, kinds: readonly MenuKind[]): boolean =>
  ['press', 'talk', 'open', 'list'].includes(kind) || kinds.some(({ name }) => name === kind)
