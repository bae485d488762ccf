import { ApiError, type ApiErrorCode } from '../../shared/api.ts'
import { explain } from '../../shared/error-words.ts'
import { inOneLanguage } from '../../shared/in-one-language.ts'
import type { OutboxItem } from './outbox.ts'

/** Of these the code alone does not say what to change. */
const needDetail: ReadonlySet<ApiErrorCode> = new Set<ApiErrorCode>([
  'content-not-sendable',
  'text-too-long',
  'attachment-too-large',
  'reply-quota-used',
  'reply-waits-already',
  'reply-held-elsewhere',
  'session-not-moved',
  'recipient-unreachable',
])
/** A code of a problem without words of its own. */
const isCode = (text: string): boolean => /^[a-z]+(?:-[a-z]+)*$/u.test(text)

/** Why a command was. */
export const whyRefused = (error: unknown): string =>
  error instanceof ApiError ? refusalWords({ error: error.code, detail: error.problem?.detail }) : explain(error)

/** Why a message was refused, with what the server says of this one. */
export function refusalWords({ error, detail }: Pick<OutboxItem, 'error' | 'detail'>): string {
  const code = error ?? 'internal'
  const words = explain(new ApiError(code, 0))
  return detail && needDetail.has(code) && !isCode(detail) ? `${words} ${inOneLanguage(detail)}` : words
}
