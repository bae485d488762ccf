/** The public surface of the chat on a company's page. Documented with examples in docs/widget.md. */
export type Attributes = Record<string, string | number | boolean | null>

/** What happens to the chat, for the page's own code. */
export interface QiaoEvents {
  /** The chat is loaded and answers. */
  ready: { inbox: string }
  opened: Record<string, never>
  closed: Record<string, never>
  /** A message to the visitor arrived. */
  message: { conversationId: string; text: string; from: string; at: string }
  unread: { count: number }
  /** A conversation began, was closed or reopened. */
  conversation: { conversationId: string; state: 'open' | 'closed' }
  /** The place in the queue, 1 is next, and the expected wait where one is known; null when there is none any more. */
  queue: { position: number; lowSeconds: number | null; highSeconds: number | null } | null
}
export type QiaoEventName = keyof QiaoEvents
export type QiaoListener<Name extends QiaoEventName> = (detail: QiaoEvents[Name]) => void

/** Commands that the chat itself carries out; the loader only passes them on. */
export interface QiaoCommands {
  /** Say who the visitor is: a JWT that the company's server signed with the inbox secret (HS256). */
  identify(jwt: string): void
  /** Forget the visitor on this device and end the token everywhere. */
  logout(): void
  newConversation(text?: string): void
  sendMessage(text: string): void
  /** Put words into the composer without sending them. */
  prefill(text: string): void
  setLanguage(locale: string): void
  setAttributes(attributes: Attributes): void
  track(event: string, properties?: Attributes): void
}

export interface Qiao {
  <Name extends keyof QiaoCommands>(command: Name, ...args: Parameters<QiaoCommands[Name]>): void
  (command: 'open' | 'close' | 'toggle' | 'hide' | 'show'): void
  (command: 'unreadCount', callback?: (count: number) => void): Promise<number>
  <Name extends QiaoEventName>(command: 'on' | 'off', event: Name, listener: QiaoListener<Name>): void
  /** Calls made before the script arrived. */
  q?: ArrayLike<unknown>[]
}

declare global {
  interface Window {
    Qiao?: Qiao
  }
}
