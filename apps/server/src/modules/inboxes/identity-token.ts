import { attributes, email, noNul } from '@qiao/protocol'
import { errors, jwtVerify, type JWTPayload } from 'jose'
import { z } from 'zod'
import { AppError } from '#platform/errors'
import { staffPrefix } from './admit-person.ts'

/** What a company's own site says about the visitor who is signed in there. */
export interface VerifiedIdentity {
  /** The customer's id in the company's system (`sub`). */
  externalId: string
  name?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  attributes?: z.infer<typeof attributes> | undefined
  /** The number (工号) of the agent who should answer. */
  agent?: string | undefined
}

const toleranceSeconds = 60
const longestSeconds = 86_400

const plain = (longest: number) => z.string().trim().max(longest).refine(noNul)
const claims = z.object({
  sub: plain(200).min(1),
  exp: z.number(),
  name: plain(200).optional(),
  email: email.optional(),
  phone: plain(40).optional(),
  attributes: attributes.optional(),
  agent: z
    .union([plain(20), z.int().nonnegative()])
    .transform(String)
    .optional(),
})

/**
 * Checks a visitor's token: HS256 under one of the inbox's secrets (two while a site changes over), ending within 24
 * hours. The algorithm is ours to say, not the token's: `none` and public-key algorithms are refused before any key is
 * used. Throws `identity-invalid`.
 */
export async function verifyIdentityToken(
  secrets: readonly string[],
  token: string,
  now: Date,
): Promise<VerifiedIdentity> {
  const payload = await verifyWithAny(secrets, token, now)
  const parsed = claims.safeParse(payload)
  if (!parsed.success) throw invalid(`a claim is missing or wrong: ${parsed.error.issues[0]?.path.join('.')}`)
  const { sub, exp, ...rest } = parsed.data
  if (sub.startsWith(staffPrefix)) throw invalid('such a `sub` is of people who sign in at a provider')
  if (exp > now.getTime() / 1000 + longestSeconds + toleranceSeconds) throw invalid('it ends later than in 24 hours')
  return { externalId: sub, ...rest }
}

async function verifyWithAny(secrets: readonly string[], token: string, now: Date): Promise<JWTPayload> {
  for (const secret of secrets) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        algorithms: ['HS256'],
        clockTolerance: toleranceSeconds,
        currentDate: now,
        requiredClaims: ['exp', 'sub'],
      })
      return payload
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) continue
      throw invalid(error instanceof errors.JOSEError ? error.message : 'it cannot be read')
    }
  }
  throw invalid(secrets.length > 0 ? 'no secret of this inbox signed it' : 'this inbox has no secret yet')
}

const invalid = (reason: string): AppError =>
  new AppError('identity-invalid', { detail: `The identity token was refused: ${reason}.` })
