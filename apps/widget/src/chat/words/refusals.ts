import { Refusal } from '../net/problem.ts'
import type { Words } from './en.ts'
import { say } from './words.ts'

const byCode: Partial<Record<Refusal['code'], keyof Words>> = {
  offline: 'noNetwork',
  unavailable: 'failure',
  'rate-limited': 'tooMany',
  'text-too-long': 'tooLong',
  'bind-link-invalid': 'bindInvalid',
  'identity-required': 'signIn',
  'identity-invalid': 'signIn',
  'contact-blocked': 'blocked',
  'domain-not-allowed': 'blocked',
  'inbox-paused': 'paused',
  'attachment-kind-refused': 'kindRefused',
  'unsupported-media-type': 'kindRefused',
}

export const wordsOfCode = (code: Refusal['code'] | undefined): string => say((code && byCode[code]) ?? 'failure')

export function refusalWords(error: unknown): string {
  return wordsOfCode(error instanceof Refusal ? error.code : undefined)
}
