import { headerFields } from '@qiao/mail'
import type { SenderChecks } from '@qiao/protocol'
import { z } from 'zod'
import type { RawLetter } from '../contract.ts'
import { domainOf } from './address.ts'
import { checkOf } from './authentication-results.ts'

type Sender = Pick<RawLetter['envelope'], 'remoteAddress' | 'helo'> & { told: SenderChecks }

const checksOf = (checks: { [Name in keyof SenderChecks]: SenderChecks[Name] | undefined }): SenderChecks => ({
  ...(checks.spf ? { spf: checks.spf } : {}),
  ...(checks.dkim ? { dkim: checks.dkim } : {}),
  ...(checks.dmarc ? { dmarc: checks.dmarc } : {}),
})

/** `dkim` is like `{@a.example : pass, @b.example : fail}` or `none`. */
export function sendGridChecks({ from, spf, dkim }: { from: string; spf: string; dkim: string }): SenderChecks {
  const signatures = [...dkim.matchAll(/@([\w.-]+)\s*:\s*(\w+)/gu)].map(([, domain = '', word = '']) => ({
    domain,
    word,
  }))
  const shown = signatures.find(({ word }) => word.toLowerCase() === 'pass') ?? signatures[0]
  return checksOf({
    spf: checkOf(spf, domainOf(from)),
    dkim: shown ? checkOf(shown.word, shown.domain) : checkOf(dkim),
  })
}

/**
 * Mailgun puts what it found above the line in which it says from whom it took the mail; the same names below are the
 * sender’s own. https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/spam-filters
 */
export function mailgunSender(raw: Buffer, from: string): Sender {
  const fields = headerFields(raw)
  const taken = fields.findIndex(({ name }) => name === 'received')
  const own = (wanted: string): string =>
    fields.slice(0, Math.max(taken, 0)).find(({ name }) => name === wanted)?.value ?? ''
  const told = checksOf({
    spf: checkOf(own('x-mailgun-spf'), domainOf(from)),
    dkim: checkOf(own('x-mailgun-dkim-check-result')),
  })
  return { ...handedBy(fields[taken]?.value ?? '', /^mx\w*\.(?:eu\.)?mailgun\.org$/iu), told }
}

const verdict = z.object({ status: z.string() }).optional().catch(undefined)
/** https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html */
export const sesReceipt = z
  .object({
    recipients: z.array(z.string()).catch([]),
    spfVerdict: verdict,
    dkimVerdict: verdict,
    dmarcVerdict: verdict,
  })
  .catch({ recipients: [] })

export function sesSender(raw: Buffer, from: string, receipt: z.infer<typeof sesReceipt>): Sender {
  const { spfVerdict: spf, dkimVerdict: dkim, dmarcVerdict: dmarc } = receipt
  const told = checksOf({
    spf: spf && checkOf(sesWord(spf.status, 'neutral'), domainOf(from)),
    // Whose signature it was is not said.
    dkim: dkim && checkOf(sesWord(dkim.status, 'none')),
    dmarc: dmarc && checkOf(sesWord(dmarc.status, 'none')),
  })
  const line = headerFields(raw).find(({ name }) => name === 'received')?.value ?? ''
  return { ...handedBy(line, /^inbound-smtp\.[a-z0-9-]+\.amazonaws\.com$/iu), told }
}

/** GRAY: the check itself says neither. */
function sesWord(status: string, grey: 'neutral' | 'none'): string {
  if (status === 'GRAY') return grey
  return status === 'PROCESSING_FAILED' ? 'temperror' : status
}

/** Who handed it over, from the topmost line of that kind, where the service itself has written it. */
function handedBy(received: string, service: RegExp): Pick<Sender, 'remoteAddress' | 'helo'> {
  const [, helo = '', address = '', by = ''] =
    /^from\s+(\S+)\s.*?\[(?:IPv6:)?([0-9a-f.:]{3,45})\]\s*\)?\s+by\s+(\S+)/iu.exec(received) ?? []
  return address !== '' && service.test(by) ? { remoteAddress: address, helo } : { remoteAddress: null, helo: null }
}
