import { attachmentKinds, type ReplyPolicy } from '@qiao/protocol'
import { byteSize } from '../../../shared/bytes.ts'
import type { Translate } from '../../../shared/i18n.ts'
import type { SendingKey } from './sending-words.ts'

type Limits = NonNullable<ReplyPolicy['limits']>

export interface Offer {
  /** Of the file picker; undefined where anything may be chosen. */
  accept: string | undefined
  /** Nothing can be attached at all. */
  isNone: boolean
  /** Null where only our own limits hold. */
  words: string | null
}

/** Which files a channel takes: as they are, up to which size, and whether others go as links. */
export function offerOf(limits: Limits | null, t: Translate<SendingKey>): Offer {
  if (!limits) return { accept: undefined, isNone: false, words: null }
  const { attachments } = limits
  const kinds = attachmentKinds.flatMap((kind) => {
    const limit = limits.sends.includes(kind) ? attachments[kind] : undefined
    return limit ? [{ kind, limit }] : []
  })
  const links = limits.links !== false
  if (kinds.length === 0) {
    return { accept: undefined, isNone: !links, words: links ? t('attach.onlyLinks') : t('attach.none') }
  }
  const named = kinds.map(({ kind, limit: { bytes } }) =>
    t('attach.upTo', { kind: t(`kind.${kind}`), size: byteSize(bytes) }),
  )
  const direct = t('attach.direct', { kinds: named.join(t('attach.join')) })
  const isAny = kinds.some(({ limit: { mimes } }) => mimes.includes('*/*'))
  // What is converted may be of any type of its kind.
  const mimes = kinds.flatMap(({ kind, limit }) => (limit.convertTo ? [`${kind}/*`] : limit.mimes))
  return {
    accept: links || isAny ? undefined : mimes.join(','),
    isNone: false,
    words: links && !isAny ? [direct, t('attach.links')].join(t('attach.with')) : direct,
  }
}
