import type { Author, Conversation } from '@qiao/protocol'
import { AppError } from '#platform/errors'

/** For tests of rules. */

export const now = new Date('2026-03-02T10:00:00.000Z')
export const ann = '00000000-0000-7000-8000-00000000000a'
export const bob = '00000000-0000-7000-8000-00000000000b'
export const customer = '00000000-0000-7000-8000-00000000000c'

export const agent = (id: string): Author => ({ type: 'agent', id })

export const conversation = (changes: Partial<Conversation> = {}): Conversation => ({
  id: 'c',
  number: 1,
  inboxId: 'i',
  contactId: customer,
  identityId: 'd',
  state: 'open',
  assigneeId: null,
  teamId: null,
  queue: null,
  participantIds: [],
  consults: [],
  tags: [],
  language: null,
  createdAt: '2026-03-01T10:00:00.000Z',
  lastSeq: 5,
  lastPublicSeq: 5,
  lastActivityAt: '2026-03-02T09:00:00.000Z',
  lastMessage: null,
  waitingSince: null,
  firstReplyAt: null,
  receivedCount: 1,
  sentCount: 1,
  snoozedUntil: null,
  closedAt: null,
  closeReason: null,
  mergedIntoId: null,
  silenceWarnedAt: null,
  undelivered: [],
  subject: null,
  survey: null,
  ...changes,
})

export const kinds = (entries: readonly { kind: string }[]): string[] => entries.map((entry) => entry.kind)

export const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
  return 'allowed'
}
