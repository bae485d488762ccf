import type { Context, MakeContext, SendContext } from '@qiao/channels'
import { buffer } from 'node:stream/consumers'
import { AppError } from '#platform/errors'
import type { ChannelDeps } from '../channel-deps.ts'
import { channelHttp } from './channel-http.ts'
import { keptBy } from './kept.ts'
import type { Account } from './open-account.ts'
import { createTokens } from './tokens.ts'

/** Takes an account's secrets out of whatever is logged, stored or shown; in every spelling that an address gives them. */
export function cleaner(secrets: readonly string[]): <Value>(value: Value) => Value {
  const spellings = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))]
    // A secret of three characters would black out half of every sentence, and is none.
    .filter((secret) => secret.length >= 4)
    .toSorted((one, other) => other.length - one.length)
  const text = (value: string): string =>
    spellings.reduce((cleaned, secret) => cleaned.replaceAll(secret, '[redacted]'), value)
  function clean(value: unknown): unknown {
    if (typeof value === 'string') return text(value)
    if (value instanceof Error) return { message: text(value.message), stack: text(value.stack ?? '') }
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(clean)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(inner)]))
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same shape with other texts
  return <Value>(value: Value) => clean(value) as Value
}

export function contextOf(deps: ChannelDeps, account: Account, signal?: AbortSignal): Context<unknown> {
  const { inbox, channel, config, previous, callbackUrl } = account
  const clean = cleaner(account.secrets)
  const facts = { inboxId: inbox.id, channel: channel.about.id }
  return {
    config,
    ...(previous === null ? {} : { previous }),
    http: channelHttp(deps.fetch, clean, signal),
    now: () => deps.clock.now(),
    log: {
      info: (more, words) => deps.log.info({ ...facts, ...clean(more) }, clean(words)),
      warn: (more, words) => deps.log.warn({ ...facts, ...clean(more) }, clean(words)),
    },
    tokens: createTokens(deps, inbox.id),
    callbackUrl,
    key: (purpose) => deps.sealer.key(`channel ${inbox.id} ${purpose}`),
    ...keptBy(deps.storage, inbox.id),
    ...(signal ? { signal } : {}),
  }
}

/** With the files that a message, or a template that is made, names. */
export const makeContextOf = (deps: ChannelDeps, account: Account): MakeContext<unknown> => ({
  ...contextOf(deps, account),
  attachment: async (id) => {
    const [row] = await deps.attachments.find([id])
    const file = row && (await deps.attachments.read(row))
    if (!row || !file) throw new AppError('attachment-not-found')
    return { bytes: await buffer(file), mime: row.mime, name: row.name }
  },
})

export const sendContextOf = (deps: ChannelDeps, account: Account, idempotencyKey: string): SendContext<unknown> => ({
  ...makeContextOf(deps, account),
  idempotencyKey,
})
