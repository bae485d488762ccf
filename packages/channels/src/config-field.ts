import type { Words } from './contract.ts'

/** What the setup page needs to know of a field; a default and limits come from the schema itself. */
export interface ConfigField {
  title: Words
  help?: Words
  /** Encrypted at rest and never read back. */
  secret?: true
  /** Names of the choices of an enum; without one a choice is called by its value. */
  options?: Readonly<Record<string, Words>>
  /** Folded away: most people leave it as it is. */
  advanced?: true
}

/** For `.meta(configField({ … }))`: zod's own type knows titles in one language only. */
export const configField = (field: ConfigField): { [name: string]: unknown } => ({ ...field })
