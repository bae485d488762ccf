import { Resolver } from 'node:dns/promises'
import type { Header } from '@qiao/mail'
import type { RawLetter } from '../contract.ts'
import { domainOf } from './address.ts'
import type { Config } from './config.ts'

export type Trust = 'verified' | 'unverified' | 'failed'
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
  ageMs: number
}

/** Whether the domain in the From that people read stands for the mail; undefined where that was not looked at. */
export async function trustOf(checked: Checked, config: Config, resolve: Resolve): Promise<Trust | undefined> {
  const { raw, fields, from, envelope, ageMs } = checked
  if (envelope === null) {
    const told = toldByProvider(fields, domainOf(from), authservIdOf(config))
    if (told !== undefined) return told
  }
  if (!config.verifySenders || ageMs > verifiableMs) return undefined
  const found = verify(raw, envelope, resolve)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((done) => (timer = setTimeout(() => done(undefined), longestMs)))
  const trust = await Promise.race([found.catch(() => undefined), late])
  clearTimeout(timer)
  return trust
}

const authservIdOf = ({ authservId, imapHost }: Config): string =>
  (authservId || (imapHost === 'imap.gmail.com' ? 'mx.google.com' : '')).toLowerCase()

async function verify(raw: Buffer, envelope: Checked['envelope'], resolve: Resolve): Promise<Trust> {
  // Loaded when the first mail is checked: it brings much that most processes never need.
  const { authenticate } = await import('mailauth')
  const ip = envelope?.remoteAddress
  const { dmarc, dkim, spf } = await authenticate(raw, {
    mta: 'qiao',
    sender: envelope?.from ?? '',
    ...(ip ? { ip, helo: envelope.helo ?? ip } : {}),
    resolver: resolve,
    disableArc: true,
    disableBimi: true,
  })
  const verdict = dmarc ? dmarc.status.result : 'none'
  if (verdict === 'pass') return 'verified'
  // Without the address that it came from only signatures are seen: too little to say that it failed.
  if (verdict === 'fail' && ip) return 'failed'
  const from = domainOf(dkim.headerFrom?.[0] ?? '')
  const signed = dkim.results.some(
    ({ status, signingDomain = '' }) => status.result === 'pass' && isAligned(signingDomain, from),
  )
  const sent = spf && spf.status.result === 'pass' && isAligned(spf.domain ?? '', from)
  return verdict === 'none' && (signed || sent) ? 'verified' : 'unverified'
}

/** RFC 8601: the topmost result of the server that we fetch from, which takes forged ones of its name out. */
export function toldByProvider(fields: readonly Header[], from: string, authservId: string): Trust | undefined {
  if (authservId === '') return undefined
  for (const { name, value } of fields) {
    if (name !== 'authentication-results') continue
    const [who = '', ...results] = value.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/gu, ' ').split(';')
    if (who.trim().split(/\s/u)[0]?.toLowerCase() !== authservId) continue
    return verdictOf(results, from)
  }
  return undefined
}

function verdictOf(results: readonly string[], from: string): Trust {
  const told = results.flatMap((text) => {
    const [, method = '', result = '', rest = ''] = /^\s*(\w+)\s*=\s*(\w+)(.*)$/su.exec(text.toLowerCase()) ?? []
    return method ? [{ method, result, rest }] : []
  })
  const dmarc = told.find(({ method }) => method === 'dmarc')?.result
  if (dmarc === 'pass') return 'verified'
  if (dmarc === 'fail') return 'failed'
  const passed = told.some(({ method, result, rest }) => {
    const place =
      method === 'dkim'
        ? /header\.[di]=@?([\w.-]+)/u
        : method === 'spf'
          ? /smtp\.mailfrom=(?:[^\s@]*@)?([\w.-]+)/u
          : null
    const [, domain = ''] = place?.exec(rest) ?? []
    return result === 'pass' && isAligned(domain, from)
  })
  return passed ? 'verified' : 'unverified'
}

const isAligned = (domain: string, from: string): boolean =>
  domain !== '' && from !== '' && (domain === from || from.endsWith(`.${domain}`) || domain.endsWith(`.${from}`))
