import type { ChannelInfo, Inbox, InboxSettings } from '@qiao/protocol'
import type { Problems } from '../parts/problems.ts'
import type { Draft } from './draft.ts'

/** What each section of the editor gets: the saved inbox, the draft, what is wrong with it, and how to change it. */
export interface SectionProps {
  inbox: Inbox
  /** Null is our own web chat, with its window, forms and words. */
  info: ChannelInfo | null
  draft: Draft
  problems: Problems
  readOnly: boolean
  onChange: (change: Partial<Draft>) => void
  onSettings: (change: Partial<InboxSettings>) => void
}
