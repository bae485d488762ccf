import { type SenderCheck, senderCheckResults, type SenderChecks } from '@qiao/protocol'
import type { Header } from '@qiao/mail'

/** What a receiving server found out about a mail, as it wrote it down. */
export interface Results {
  checks: SenderChecks
  /** All domains for which something passed that can stand for the From. */
  passed: readonly string[]
}

/** RFC 8601: the topmost field of the server that we trust, which takes forged ones of its name out. */
export function toldByServer(fields: readonly Header[], authservId: string): Results | undefined {
  if (authservId === '') return undefined
  for (const { name, value } of fields) {
    if (name !== 'authentication-results') continue
    const [who = '', ...results] = partsOf(value)
    if (who.trim().split(/\s/u)[0]?.toLowerCase() === authservId) return readResults(results)
  }
  return undefined
}

/**
 * Microsoft 365 writes no name into the field, so it is known by its place: at the top, above the line in which Microsoft
 * says from whom it took the mail. What a sender has written stands below that line.
 * https://learn.microsoft.com/en-us/defender-office-365/message-headers-eop-mdo
 */
export function toldByMicrosoft(fields: readonly Header[]): Results | undefined {
  const at = fields.findIndex(({ name }) => name === 'authentication-results')
  const taken = fields.findIndex(
    ({ name, value }) =>
      name === 'received' && /\bby\s+\S+\.mail\.protection\.(?:outlook\.com|partner\.outlook\.cn)\b/iu.test(value),
  )
  if (at < 0 || taken < at) return undefined
  const results = partsOf(fields[at]?.value ?? '')
  return /^\s*(?:spf|dkim|dmarc)\s*=/iu.test(results[0] ?? '') ? readResults(results) : undefined
}

const partsOf = (value: string): string[] => value.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/gu, ' ').split(';')

/** Where a method names the domain that it is about. */
const places = new Map([
  ['spf', /smtp\.mailfrom=(?:[^\s@]*@)?([\w.-]+)/u],
  ['dkim', /header\.[di]=@?([\w.-]+)/u],
  ['dmarc', /header\.from=(?:[^\s@]*@)?([\w.-]+)/u],
])

function readResults(parts: readonly string[]): Results {
  const checks: SenderChecks = {}
  const passed: string[] = []
  for (const part of parts) {
    const [, method = '', word = '', rest = ''] = /^\s*(\w+)\s*=\s*(\w+)(.*)$/su.exec(part.toLowerCase()) ?? []
    const place = places.get(method)
    if (!place || (method !== 'spf' && method !== 'dkim' && method !== 'dmarc')) continue
    const [, domain = ''] = place.exec(rest) ?? []
    // Microsoft’s guess for a domain that has no policy: it would pass if there were one.
    if (method === 'dmarc' && word === 'bestguesspass') passed.push(domain)
    if (method !== 'dmarc' && word === 'pass' && domain !== '') passed.push(domain)
    const check = checkOf(word === 'bestguesspass' ? 'none' : word, domain)
    if (check && checks[method]?.result !== 'pass') checks[method] = check
  }
  return { checks, passed }
}

/** A result in whichever letters a service writes it; undefined for words that are none. */
export function checkOf(word: string, domain = ''): SenderCheck | undefined {
  const result = senderCheckResults.find((known) => known === word.trim().toLowerCase())
  return result && { result, ...(domain === '' ? {} : { domain: domain.toLowerCase().slice(0, 253) }) }
}
