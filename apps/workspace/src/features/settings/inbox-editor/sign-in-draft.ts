import { type SignInFields, signInFields } from '@qiao/protocol'
import { addIssues, type ProblemKind, type Problems } from '../parts/problems.ts'

/** The sign-in of staff as it is typed: lists in one line, attributes line by line. */
export interface SignInDraft {
  issuer: string
  clientId: string
  /** Undefined: as it is; null: none. */
  secret: string | null | undefined
  scopes: string
  subject: string
  name: string
  email: string
  attributes: string
  emailDomains: string
  requiredName: string
  requiredValue: string
  trustEmail: boolean
  sessionHours: number
}

const usual = signInFields.parse({ issuer: 'https://login.example.com', clientId: '-' })

export function signInDraftOf(saved: SignInFields | null): SignInDraft {
  const { claims, requiredClaim, scopes, emailDomains, trustEmail, sessionHours } = saved ?? usual
  return {
    issuer: saved?.issuer ?? '',
    clientId: saved?.clientId ?? '',
    secret: undefined,
    scopes: scopes.join(' '),
    subject: claims.subject,
    name: claims.name,
    email: claims.email,
    attributes: claims.attributes.map(({ attribute, claim }) => `${attribute} = ${claim}`).join('\n'),
    emailDomains: emailDomains.join(' '),
    requiredName: requiredClaim?.name ?? '',
    requiredValue: requiredClaim?.value ?? '',
    trustEmail,
    sessionHours,
  }
}

const listOf = (text: string): string[] => text.split(/[\s,，;；、]+/).filter((one) => one !== '')

/** As it is sent. What cannot be right is left for the schema to find. */
export function signInFieldsOf(draft: SignInDraft): unknown {
  const { subject, name, email, requiredName, requiredValue, trustEmail, sessionHours } = draft
  const lines = draft.attributes.split('\n').filter((line) => line.trim() !== '')
  return {
    issuer: draft.issuer.trim(),
    clientId: draft.clientId,
    scopes: listOf(draft.scopes),
    claims: {
      subject,
      name,
      email,
      attributes: lines.map((line) => {
        const [attribute = '', claim = ''] = line.split('=')
        return { attribute: attribute.trim(), claim: claim.trim() }
      }),
    },
    emailDomains: listOf(draft.emailDomains).map((domain) => domain.toLowerCase().replace(/^@/, '')),
    requiredClaim: requiredName.trim() || requiredValue.trim() ? { name: requiredName, value: requiredValue } : null,
    trustEmail,
    sessionHours,
  }
}

/** By the names of the draft. */
export function signInProblems(draft: SignInDraft): Problems {
  const found = new Map<string, ProblemKind>()
  addIssues(found, signInFields.safeParse(signInFieldsOf(draft)).error?.issues)
  return new Map([...found].map(([path, kind]) => [fieldOf(path), kind]))
}

function fieldOf(path: string): string {
  if (path.startsWith('requiredClaim.')) return path.endsWith('.name') ? 'requiredName' : 'requiredValue'
  const [first = '', second = ''] = path.split('.')
  return first === 'claims' ? second : first
}
