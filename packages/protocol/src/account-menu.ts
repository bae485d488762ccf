import { z } from 'zod'
import { noNul, webUrl } from './primitives.ts'

/** The menu that stands in every chat of an account, two levels deep at most: not one that a message brings. */

const words = z.object({ zh: z.string(), en: z.string() })

const textLimit = z.object({ most: z.number(), unit: z.enum(['characters', 'utf-16', 'bytes']) })
export type MenuTextLimit = z.infer<typeof textLimit>

export const menuLimits = z.object({
  entries: z.number().int(),
  below: z.number().int().describe('Most below one entry; 0 where there is but one level'),
  label: textLimit,
  labelBelow: textLimit,
  key: textLimit,
  url: textLimit,
  words: textLimit.optional().describe('Of what customers say by pressing; left out where no entry can say anything'),
})
export type MenuLimits = z.infer<typeof menuLimits>

/** What an entry can do beside pressing and opening, in this channel alone. */
export const menuKind = z.object({
  name: z.string().describe("The provider's name of it"),
  title: words,
  fields: z
    .array(z.object({ name: z.string(), title: words, as: z.enum(['text', 'key', 'url']) }))
    .describe('What its `data` has to hold'),
})
export type MenuKind = z.infer<typeof menuKind>

const small = (data: object): boolean => JSON.stringify(data).length <= 4000
const label = z.string().max(200).refine(noNul)
const does = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('press'), key: z.string().max(500).refine(noNul) }).meta({
    description: 'Comes back as what the customer did, with the key as its parameter',
  }),
  z.object({ kind: z.literal('talk'), words: z.string().max(500).refine(noNul) }).meta({
    description:
      'Comes back as words of the customer: begins a conversation that waits in the queue, or goes into the open one',
  }),
  z.object({ kind: z.literal('open'), url: z.string().max(2048).refine(noNul) }),
  z
    .object({
      kind: z.literal('other'),
      name: z.string().max(60),
      data: z.record(z.string().max(60), z.unknown()).refine(small),
    })
    .meta({
      description: 'What only the provider has a name for; what is not understood is to be put back as it came',
    }),
])
export type MenuAct = z.infer<typeof does>

export const menuEntry = z.object({ label, does })
export type MenuEntry = z.infer<typeof menuEntry>

const most = 20
export const accountMenu = z.object({
  entries: z.array(z.union([menuEntry, z.object({ label, entries: z.array(menuEntry).max(most) })])).max(most),
})
export type AccountMenu = z.infer<typeof accountMenu>

export interface MenuRules {
  limits: MenuLimits
  kinds: readonly MenuKind[]
}
export interface MenuFault {
  /** Within the menu: `['entries', 0, 'entries', 1, 'label']`. */
  path: readonly (string | number)[]
  fault: 'missing' | 'too-long' | 'no-address' | 'too-many' | 'too-few' | 'unsupported'
  /** How many there may be, in the unit of the limit. */
  most?: number
}

export function menuTextLength(text: string, unit: MenuTextLimit['unit']): number {
  if (unit === 'utf-16') return text.length
  const letters = Array.from(text)
  return unit === 'characters' ? letters.length : letters.reduce((sum, letter) => sum + bytesOf(letter), 0)
}

/** In UTF-8. */
function bytesOf(letter: string): number {
  const point = letter.codePointAt(0) ?? 0
  return point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4
}

/** Why the provider would not take the menu. The same for who draws it and for who sends it. */
export function menuFaults(menu: AccountMenu, { limits, kinds }: MenuRules): MenuFault[] {
  const faults: MenuFault[] = []
  const check = (path: MenuFault['path'], text: string, limit: MenuTextLimit): void => {
    if (text.trim() === '') faults.push({ path, fault: 'missing' })
    else if (menuTextLength(text, limit.unit) > limit.most) faults.push({ path, fault: 'too-long', most: limit.most })
  }
  const checkUrl = (path: MenuFault['path'], url: string): void => {
    check(path, url, limits.url)
    if (url.trim() !== '' && !webUrl.safeParse(url).success) faults.push({ path, fault: 'no-address' })
  }
  function checkAct(path: MenuFault['path'], act: MenuAct): void {
    if (act.kind === 'press') return check([...path, 'key'], act.key, limits.key)
    if (act.kind === 'talk') {
      if (limits.words) return check([...path, 'words'], act.words, limits.words)
      return void faults.push({ path, fault: 'unsupported' })
    }
    if (act.kind === 'open') return checkUrl([...path, 'url'], act.url)
    for (const { name, as } of kinds.find((kind) => kind.name === act.name)?.fields ?? []) {
      const value = act.data[name]
      const [text, at] = [typeof value === 'string' ? value : '', [...path, 'data', name]]
      if (as === 'url') checkUrl(at, text)
      else check(at, text, as === 'key' ? limits.key : { most: 500, unit: 'characters' })
    }
  }
  function checkCount(path: MenuFault['path'], count: number, atMost: number): void {
    if (count === 0) faults.push({ path, fault: 'too-few' })
    if (count > atMost) faults.push({ path, fault: 'too-many', most: atMost })
  }
  checkCount(['entries'], menu.entries.length, limits.entries)
  for (const [at, entry] of menu.entries.entries()) {
    const path = ['entries', at]
    check([...path, 'label'], entry.label, limits.label)
    if (!('entries' in entry)) {
      checkAct([...path, 'does'], entry.does)
      continue
    }
    checkCount([...path, 'entries'], entry.entries.length, limits.below)
    for (const [below, one] of entry.entries.entries()) {
      check([...path, 'entries', below, 'label'], one.label, limits.labelBelow)
      checkAct([...path, 'entries', below, 'does'], one.does)
    }
  }
  return faults
}
