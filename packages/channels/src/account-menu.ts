import type { TextLimits } from './capabilities.ts'
import type { JsonObject } from './json.ts'

/** The menu that stands in every chat of an account, two levels deep at most: not one that a message brings. */

export interface MenuLimits {
  /** Most entries, and most below one of them; 0 where there is but one level. */
  entries: number
  below: number
  label: MenuTextLimit
  labelBelow: MenuTextLimit
  key: MenuTextLimit
  url: MenuTextLimit
}
export type MenuTextLimit = Pick<TextLimits, 'most' | 'unit'>
export interface AccountMenu {
  entries: readonly (MenuEntry | { label: string; entries: readonly MenuEntry[] })[]
}
export interface MenuEntry {
  label: string
  /** `press` comes back as what the customer did, with the key as its parameter. */
  does:
    | { kind: 'press'; key: string }
    | { kind: 'open'; url: string }
    /** What only the provider has a name for, to be put back as it came. */
    | { kind: 'other'; name: string; data: JsonObject }
}
