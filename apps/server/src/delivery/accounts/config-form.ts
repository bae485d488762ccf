import type { Channel } from '@qiao/channels'
import { z } from 'zod'

interface FormSchema {
  properties?: Record<string, { secret?: boolean }>
}

/** The form of the setup page: JSON Schema with our titles, helps and marks of secrets. */
export const formOf = ({ config }: Pick<Channel, 'config'>): Record<string, unknown> => ({
  ...z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }),
})

export const secretFields = (channel: Pick<Channel, 'config'>): string[] => {
  const { properties = {} }: FormSchema = formOf(channel)
  return Object.entries(properties).flatMap(([name, { secret }]) => (secret ? [name] : []))
}

export type RawConfig = Record<string, unknown>

const given = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

/** Secrets are never read back, so a form sends only those that change; null removes one. */
export function withOldSecrets(channel: Pick<Channel, 'config'>, wanted: RawConfig, old: RawConfig | null): RawConfig {
  const secrets = secretFields(channel)
  const others = Object.entries(wanted).filter(([name]) => !secrets.includes(name) || given(wanted[name]))
  const kept = secrets.filter((name) => wanted[name] !== null && !given(wanted[name]) && given(old?.[name]))
  return { ...Object.fromEntries(others), ...Object.fromEntries(kept.map((name) => [name, old?.[name]])) }
}

/** What an administrator may read, and which secrets are there. */
export function shownConfig(channel: Pick<Channel, 'config'>, config: RawConfig) {
  const secrets = secretFields(channel)
  return {
    config: Object.fromEntries(Object.entries(config).filter(([name]) => !secrets.includes(name))),
    secretsSet: secrets.filter((name) => given(config[name])),
  }
}

export const secretValues = (channel: Pick<Channel, 'config'>, config: RawConfig): string[] =>
  secretFields(channel).flatMap((name) => {
    const value = config[name]
    return typeof value === 'string' && value !== '' ? [value] : []
  })
