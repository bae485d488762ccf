import { z } from 'zod'

/**
 * Every refusal that a client can meet. The server maps each code to one HTTP status (platform/http/problem.ts);
 * the client chooses the words by code, so a code is never reused for a second meaning.
 */
export const errorCodes = [
  'bad-request',
  'invalid-input',
  'malformed-json',
  'payload-too-large',
  'unsupported-media-type',
  'not-signed-in',
  'two-factor-required',
  'session-expired',
  'forbidden',
  'origin-refused',
  'not-found',
  'conflict',
  'changed-meanwhile',
  'client-key-reused',
  'rate-limited',
  'unavailable',
  'internal',
  'setup-already-done',
  'invitation-invalid',
  'email-taken',
  'last-admin',
  'identity-required',
  'identity-invalid',
  'visitor-token-invalid',
  'contact-blocked',
  'inbox-paused',
  'domain-not-allowed',
  'conversation-closed',
  'conversation-not-closed',
  'conversation-not-snoozed',
  'message-not-editable',
  'message-recalled',
  'text-too-long',
  'assignee-not-eligible',
  'team-not-found',
  'snooze-in-past',
  'survey-not-open',
  'attachment-kind-refused',
  'attachment-too-large',
  'attachment-not-ready',
  'attachment-not-found',
  'target-url-refused',
  'offer-over',
  'queue-not-found',
  'queue-not-empty',
  'queue-full',
  'not-waiting',
  'wrap-up-over',
  'disposition-needed',
  'agent-not-available',
  'over-capacity',
  'consult-over',
  'reply-window-closed',
  'reply-quota-used',
  'customer-opted-out',
  'content-not-sendable',
  'recipient-unreachable',
  'merge-both-known',
  'merge-one-blocked',
  'merged-further',
  'conversation-merged',
  'conversation-split',
  'merge-other-people',
  'merge-other-way',
  'bind-link-invalid',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** RFC 9457 problem document, the body of every refusal on HTTP and of a `refused` frame. */
export const problemSchema = z.object({
  type: z.string().describe('Link to the documentation of the code'),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(errorCodes),
  detail: z.string().optional(),
  requestId: z.string().optional(),
  retryAfterSeconds: z.number().optional(),
  issues: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .describe('One row for each field that was refused'),
})
export type Problem = z.infer<typeof problemSchema>
