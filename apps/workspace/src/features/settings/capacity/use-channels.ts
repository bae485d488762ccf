import { anyChannel, callback, leftMessage } from '@qiao/protocol'
import { useInboxes } from '../../../shared/staff.ts'

/** Channels that there are inboxes for, work that comes from none, and what the profile names; all others last. */
export function useChannels(named: Readonly<Record<string, unknown>>): string[] {
  const inboxes = useInboxes()
  const all = [...inboxes.map((inbox) => inbox.channel), leftMessage, callback, ...Object.keys(named)]
  return [...new Set(all.filter((channel) => channel !== anyChannel)), anyChannel]
}
