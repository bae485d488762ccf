import type { ChannelEvent } from '@qiao/channels'

/** What a link or a code carried; some channels have it as the first words of the customer. Empty for nothing. */
export function parameterOf(event: ChannelEvent): string {
  if (event.kind === 'acted') return event.parameter ?? ''
  if (event.kind !== 'message') return ''
  const words = event.content.type === 'text' ? event.content.text : ''
  return event.referral?.parameter ?? words
}
