import {
  type MessagingOptions,
  type MessagingSimulator,
  startMessagingSimulator,
} from '../families/meta/messaging-simulator.ts'

export const startSimulator = (options: MessagingOptions = {}): Promise<MessagingSimulator> =>
  startMessagingSimulator('messenger', options)
