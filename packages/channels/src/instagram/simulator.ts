import { type MessagingOptions, type MessagingSimulator, startMessagingSimulator } from '../meta-messaging-simulator.ts'

export const startInstagramSimulator = (options: MessagingOptions = {}): Promise<MessagingSimulator> =>
  startMessagingSimulator('instagram', options)
