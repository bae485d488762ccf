import type { MessageContent } from '@qiao/protocol'
import type { Capabilities } from '../../capabilities.ts'
import type { Part, SendContext, SendResult } from '../../contract.ts'
import { speakable } from '../../speakable.ts'
import { linesOf } from '../../words-at.ts'
import { platform, type PlatformConfig, sendCustomMessage } from './platform.ts'
import { type Make, textParts, withFields } from './render.ts'
import { withThumb } from './thumb.ts'

/** Cards that open a page of a mini program: they hold a title and a picture, so that all other words go before. */

export interface PageCard {
  title: string
  appId: string | undefined
  path: string
  /** Messages that go before it. */
  before: Part[]
}

/** Null for content that opens no such page. */
export function pageCardOf(content: MessageContent, make: Make, limits: Pick<Capabilities, 'text'>): PageCard | null {
  if (content.type !== 'card' || !content.miniProgram) return null
  const title = speakable(content.title)
  if (title.trim() === '') return null
  const { appId, path } = content.miniProgram
  const words = linesOf(content.text ?? '', ...content.buttons.map(({ label, url }) => `${label}: ${url}`))
  return { title, appId, path, before: textParts(words, make, limits) }
}

/** The picture is ours, of the kind `image`. */
export const sendPage = <Config extends PlatformConfig>(
  part: Part,
  context: SendContext<Config>,
): Promise<SendResult> =>
  withThumb('image', context, platform, (id) =>
    sendCustomMessage({ ...part, request: withFields(part.request, { thumb_media_id: id }) }, context),
  )
