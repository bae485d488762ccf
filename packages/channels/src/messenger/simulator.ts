import {
  type MessagingOptions,
  type MessagingSimulator,
  startMessagingSimulator,
} from '../families/meta/messaging-simulator.ts'

export const startMessengerSimulator = (options: MessagingOptions = {}): Promise<MessagingSimulator> =>
  startMessagingSimulator('messenger', options)
