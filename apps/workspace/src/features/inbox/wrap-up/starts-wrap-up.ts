import type { HeldWork, Queue } from '@qiao/protocol'

/** Whether closing leaves the agent with after-contact work, so that the screen stays where it is to be done. */
export function startsWrapUp(
  held: readonly HeldWork[],
  conversationId: string,
  queues: ReadonlyMap<string, Pick<Queue, 'settings'>>,
): boolean {
  const work = held.find((each) => each.conversationId === conversationId && each.purpose === 'serve')
  const mode = work?.queueId ? queues.get(work.queueId)?.settings.wrapUp.mode : undefined
  return work?.state === 'held' && mode !== undefined && mode !== 'off'
}

export const wrapUpOf = (held: readonly HeldWork[], conversationId: string): HeldWork | undefined =>
  held.find((each) => each.conversationId === conversationId && each.state === 'wrap-up')
