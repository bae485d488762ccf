import { email as emailSchema, type SignInFields } from '@qiao/protocol'
import type { VerifiedIdentity } from './identity-token.ts'

type Claims = Readonly<Record<string, unknown>>

/** Leads the ids of people whom a provider names, so that no customer of the company's own system can be one of them. */
export const staffPrefix = 'staff:'

const longestSubject = 255
const longestName = 200
const longestAttribute = 1000

/**
 * Who a provider's claims are about, or null for somebody who may not come in. An address counts only where the provider
 * says that it is the person's own, or is trusted to hand addresses out: anybody may write any address into a profile.
 */
export function admitPerson(fields: SignInFields, issuer: string, claims: Claims): VerifiedIdentity | null {
  const subject = textOf(claims[fields.claims.subject])
  if (subject === null || subject.length > longestSubject) return null
  const { requiredClaim } = fields
  if (requiredClaim && !says(claims[requiredClaim.name], requiredClaim.value)) return null
  const email = addressOf(fields, claims)
  if (fields.emailDomains.length > 0 && !(email && fields.emailDomains.includes(domainOf(email)))) return null
  const name = textOf(claims[fields.claims.name])
  return {
    externalId: `${staffPrefix}${issuer}#${subject}`,
    ...(name ? { name: name.slice(0, longestName) } : {}),
    ...(email ? { email } : {}),
    // Null takes away what the provider no longer says.
    attributes: Object.fromEntries(
      fields.claims.attributes.map(({ attribute, claim }) => [attribute, attributeOf(claims[claim])]),
    ),
  }
}

function addressOf(fields: SignInFields, claims: Claims): string | null {
  // Some providers write the word instead of the value.
  const verified = claims['email_verified'] === true || claims['email_verified'] === 'true'
  const ofTheClaim = fields.claims.email === 'email' && verified
  if (!ofTheClaim && !fields.trustEmail) return null
  return emailSchema.safeParse(claims[fields.claims.email]).data ?? null
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1)

function textOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return text === '' || text.includes('\u0000') ? null : text
}

function attributeOf(value: unknown): string | number | boolean | null {
  if (typeof value === 'boolean' || typeof value === 'number') return value
  const texts = (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? [])
  return texts.length > 0 ? texts.join(', ').slice(0, longestAttribute) : null
}

/** Groups and roles come as lists. */
const says = (value: unknown, wanted: string): boolean =>
  (Array.isArray(value) ? value : [value]).some((one) => typeof one !== 'object' && String(one) === wanted)
