import { z } from 'zod'
import { editVersion } from './edit-version.ts'
import { noNul, webUrl } from './primitives.ts'

const claimName = z.string().trim().min(1).max(100).refine(noNul)

/** How a company's own staff sign in to an inbox: its OpenID Connect provider, and who of it may come in. */
export const signInFields = z.object({
  /** As the provider writes it in its discovery document. */
  issuer: webUrl.max(300),
  clientId: z.string().trim().min(1).max(300).refine(noNul),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/))
    .max(20)
    .refine((scopes) => scopes.includes('openid'), 'Without the scope openid nobody is named')
    .default(['openid', 'profile', 'email']),
  claims: z
    .object({
      /** Names the person for good and is never given to somebody else. */
      subject: claimName.default('sub'),
      name: claimName.default('name'),
      email: claimName.default('email'),
      /** What agents see of the person beside that. */
      attributes: z
        .array(z.object({ attribute: z.string().trim().min(1).max(64).refine(noNul), claim: claimName }))
        .max(20)
        .default([
          { attribute: 'department', claim: 'department' },
          { attribute: 'employeeNumber', claim: 'employee_number' },
        ]),
    })
    .prefault({}),
  /** Only people with an address in one of these; empty asks for none. */
  emailDomains: z
    .array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/))
    .max(100)
    .default([]),
  /** Only people of whom the provider says this. */
  requiredClaim: z
    .object({ name: claimName, value: z.string().trim().min(1).max(200).refine(noNul) })
    .nullable()
    .default(null),
  /** An address counts although the provider does not say `email_verified`: it is the company's own and hands them out. */
  trustEmail: z.boolean().default(false),
  /** How long a sign-in counts. */
  sessionHours: z.number().int().min(1).max(336).default(12),
})
export type SignInFields = z.infer<typeof signInFields>

export const signIn = z.object({
  /** Null: not set up yet. */
  fields: signInFields.nullable(),
  secretSet: z.boolean(),
  /** To be registered at the provider. */
  callbackUrl: z.string(),
  ...editVersion.shape,
})
export type SignIn = z.infer<typeof signIn>

/** Why a sign-in came to nothing, as the chat page is told in its address. */
export const signInProblems = ['cancelled', 'over', 'not-admitted', 'unavailable', 'failed'] as const
export type SignInProblem = (typeof signInProblems)[number]
