import type { ChannelCapabilities, ChannelInfo } from '@qiao/protocol'
import type { FieldSection } from '../inbox-editor/draft.ts'
import { carriesFiles } from './limit-rows.ts'

/** Of the sections of an inbox, those that do not speak of our own chat window. */
const common = ['general', 'mail', 'conversation', 'closing', 'routing'] as const satisfies FieldSection[]
const own = ['connection', 'status', 'menu', 'entrances', 'limits'] as const
export type ChannelSectionKey = (typeof common)[number] | (typeof own)[number]

/** Whoever may not set up the account sees what the channel can do, and no secrets' whereabouts. */
export function channelSections(
  can: Pick<ChannelCapabilities, 'receives' | 'sends' | 'letters'>,
  { menus, entrances }: Pick<ChannelInfo, 'menus' | 'entrances'>,
  manage: boolean,
): ChannelSectionKey[] {
  const declared = own.filter((key) => (key !== 'menu' || menus) && (key !== 'entrances' || entrances))
  const shown = common.filter(
    (key) => (key !== 'conversation' || carriesFiles(can)) && (key !== 'mail' || can.letters === true),
  )
  return [...declared.filter((key) => manage || key === 'limits'), ...shown]
}
