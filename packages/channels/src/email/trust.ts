import { Resolver } from 'node:dns/promises'
import type { Header } from '@qiao/mail'
import type { SenderChecks, SenderTrust } from '@qiao/protocol'
import type { RawLetter } from '../contract.ts'
import { domainOf, isAligned } from './address.ts'
import { type Results, toldByMicrosoft, toldByServer } from './authentication-results.ts'
import type { Config } from './config.ts'
import { isInside, isTrustedRelay } from './relays.ts'
import { type Found, verify } from './verify.ts'

export type Resolve = (domain: string, type: string) => Promise<string[] | string[][]>

const resolver = new Resolver({ timeout: 2_000, tries: 2 })
export const systemResolve: Resolve = async (domain, type) =>
  type === 'TXT' ? resolver.resolveTxt(domain) : type === 'MX' ? mx(domain) : addresses(domain, type)
const mx = async (domain: string): Promise<string[]> =>
  (await resolver.resolveMx(domain)).map(({ exchange }) => exchange)
const addresses = (domain: string, type: string): Promise<string[]> =>
  type === 'AAAA' ? resolver.resolve6(domain) : resolver.resolve4(domain)

const longestMs = 10_000
/** Keys are changed in time: what lay in a mailbox for long can no longer be verified. */
const verifiableMs = 7 * 24 * 3_600_000

export interface Checked {
  raw: Buffer
  fields: readonly Header[]
  from: string
  envelope: RawLetter['envelope'] | null
  told?: SenderChecks | undefined
  ageMs: number
}
export interface Judged {
  trust: SenderTrust
  checks: SenderChecks
}

/**
 * Whether the domain in the From that people read stands for the mail; undefined where that was not looked at. A server that
 * we fetch from, or that passes mail on to us, has seen who sent it: its word counts, since the address that we see is its own.
 */
export async function judgeSender(checked: Checked, config: Config, resolve: Resolve): Promise<Judged | undefined> {
  const { fields, envelope, ageMs } = checked
  const from = domainOf(checked.from)
  const address = envelope?.remoteAddress ?? ''
  const byRelay = isTrustedRelay(address, config.trustedRelays)
  if (envelope === null || byRelay) {
    const results = toldByServer(fields, authservIdOf(config)) ?? (envelope ? undefined : byMicrosoft(fields, config))
    if (results) return ofServer(results, from)
  }
  // What a service says of a relay of ours says nothing of who sent it.
  const told = byRelay ? undefined : checked.told
  const sender = envelope && { ...envelope, remoteAddress: byRelay || isInside(address) ? null : address || null }
  const found =
    config.verifySenders && ageMs <= verifiableMs ? await inTime(verify(checked.raw, sender, resolve)) : undefined
  return found || told ? together(found, told, from) : undefined
}

const microsoftHosts = /(?:^|\.)(?:office365\.com|office\.com|outlook\.com|outlook\.cn)$/iu
const byMicrosoft = (fields: readonly Header[], { authservId, imapHost }: Config): Results | undefined =>
  authservId === '' && microsoftHosts.test(imapHost) ? toldByMicrosoft(fields) : undefined
const authservIdOf = ({ authservId, imapHost }: Config): string =>
  (authservId || (imapHost === 'imap.gmail.com' ? 'mx.google.com' : '')).toLowerCase()

async function inTime<Result>(result: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((done) => (timer = setTimeout(() => done(undefined), longestMs)))
  const first = await Promise.race([result.catch(() => undefined), late])
  clearTimeout(timer)
  return first
}

function ofServer({ checks, passed }: Results, from: string): Judged {
  const { result } = checks.dmarc ?? {}
  if (result === 'pass' || result === 'fail') return { trust: result === 'pass' ? 'verified' : 'failed', checks }
  return { trust: passed.some((domain) => isAligned(domain, from)) ? 'verified' : 'unverified', checks }
}

/** What we found ourselves, and what a service says that saw more of it. */
function together(found: Found | undefined, told: SenderChecks | undefined, from: string): Judged {
  const toldSpf = told?.spf
  const checks: SenderChecks = { ...told, ...sureOf(found, told) }
  const bySpf = toldSpf?.result === 'pass' && isAligned(toldSpf.domain ?? '', from)
  if (found?.isVerified || told?.dmarc?.result === 'pass' || bySpf) return { trust: 'verified', checks }
  // The domain demands that one of them passes: no signature did, and here is what the service knows of the address.
  const noSpf = toldSpf !== undefined && toldSpf.result !== 'temperror'
  const isFailed = found?.dmarc === 'fail' && (found.sawAddress || noSpf)
  if (!isFailed && told?.dmarc?.result !== 'fail') return { trust: 'unverified', checks }
  return { trust: 'failed', checks: { ...checks, dmarc: { ...checks.dmarc, result: 'fail' } } }
}

const says = (result: string): boolean => result !== 'none' && result !== 'temperror'

/** Where both looked, our own result counts, unless it says nothing. */
function sureOf(found: Found | undefined, told: SenderChecks = {}): SenderChecks {
  const { spf, dkim, dmarc } = found?.checks ?? {}
  return {
    ...(spf && (!told.spf || says(spf.result)) ? { spf } : {}),
    ...(dkim && (!told.dkim || says(dkim.result)) ? { dkim } : {}),
    ...(dmarc && (!told.dmarc || dmarc.result === 'pass') ? { dmarc } : {}),
  }
}
