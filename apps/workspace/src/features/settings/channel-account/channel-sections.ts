import type { ChannelCapabilities, ChannelInfo } from '@qiao/protocol'
import type { FieldSection } from '../inbox-editor/draft.ts'
import { carriesFiles } from './limit-rows.ts'

/** Of the sections of an inbox, those that do not speak of our own chat window. */
const common = ['general', 'mail', 'conversation', 'closing', 'routing'] as const satisfies FieldSection[]
const own = ['connection', 'status', 'menu', 'templates', 'entrances', 'limits'] as const
export type ChannelSectionKey = (typeof common)[number] | (typeof own)[number]

/** Whoever may not set up the account sees what the channel can do, and no secrets' whereabouts. */
export function channelSections(
  can: Pick<ChannelCapabilities, 'receives' | 'sends' | 'templates' | 'letters'>,
  has: Pick<ChannelInfo, 'menus' | 'templates' | 'entrances'>,
  manage: boolean,
): ChannelSectionKey[] {
  const absent = new Set<ChannelSectionKey>([
    ...(has.menus ? [] : ['menu' as const]),
    ...(has.templates && can.templates ? [] : ['templates' as const]),
    ...(has.entrances ? [] : ['entrances' as const]),
    ...(can.letters ? [] : ['mail' as const]),
  ])
  const declared = own.filter((key) => !absent.has(key))
  const shown = common.filter((key) => !absent.has(key) && (key !== 'conversation' || carriesFiles(can)))
  return [...declared.filter((key) => manage || key === 'limits' || key === 'templates'), ...shown]
}
