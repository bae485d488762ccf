import { type Attributes, contentToText, type MessageContent, type QueueSettings } from '@qiao/protocol'

type Rules = Pick<QueueSettings, 'priorities' | 'topicPriorities' | 'wordPriorities'>

/** What is known of a customer when work of theirs enters a queue. */
export interface Known {
  attributes: Attributes
  /** Of the message that was left. */
  topic: string | null
  /** What they wrote first, and what they left. */
  said: readonly MessageContent[]
}

/** Points of the queue's rules for this work: the sum of all that fit, each rule once. */
export function pointsOf(rules: Rules, { attributes, topic, said }: Known): number {
  const text = plain(said.map(contentToText).join('\n'))
  const fitting = [
    ...rules.priorities.filter(({ attribute, value }) => attributes[attribute]?.toString() === value),
    ...rules.topicPriorities.filter((rule) => rule.topic === topic),
    // Anywhere: Chinese and Japanese put nothing between words.
    ...rules.wordPriorities.filter(({ words }) => words.some((word) => text.includes(plain(word)))),
  ]
  return fitting.reduce((sum, { points }) => sum + points, 0)
}

/** The same letters however they were typed: Ｒｅｆｕｎｄ and REFUND are refund. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase()
