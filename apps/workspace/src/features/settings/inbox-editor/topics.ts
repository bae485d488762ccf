import type { InboxSettings } from '@qiao/protocol'

export type Topic = InboxSettings['offline']['topics'][number]

/** A free code of the form topic-1, topic-2 … */
export function newTopic(topics: readonly Topic[]): Topic {
  const taken = new Set(topics.map(({ key }) => key))
  let number = topics.length + 1
  while (taken.has(`topic-${number}`)) number += 1
  return { key: `topic-${number}`, label: '' }
}
