import type { Queue, QueueSettings } from '@qiao/protocol'
import type { Problems } from '../parts/problems.ts'
import type { Draft } from './draft.ts'

/** What each section of the editor gets: the saved queue, the draft, what is wrong with it, and how to change it. */
export interface SectionProps {
  queue: Queue
  draft: Draft
  problems: Problems
  readOnly: boolean
  onChange: (change: Partial<Draft>) => void
  onSettings: (change: Partial<QueueSettings>) => void
}
