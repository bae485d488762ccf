import type { SenderChecks } from '@qiao/protocol'
import type { RawLetter } from '../contract.ts'
import { domainOf, isAligned } from './address.ts'
import { checkOf } from './authentication-results.ts'
import type { Resolve } from './trust.ts'

export interface Found {
  /** Only what is sure: without the address that it came from, that no policy is met is not. */
  checks: SenderChecks
  isVerified: boolean
  dmarc: string
  sawAddress: boolean
}

export async function verify(raw: Buffer, envelope: RawLetter['envelope'] | null, resolve: Resolve): Promise<Found> {
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
  // With several authors, or none, there is no domain that could stand for it.
  const verdict = dmarc ? dmarc.status.result : 'permerror'
  const from = domainOf(dkim.headerFrom?.[0] ?? '')
  const passed = dkim.results.filter(({ status }) => status.result === 'pass')
  const signed = passed.find(({ signingDomain = '' }) => isAligned(signingDomain, from))
  const sent = spf && spf.status.result === 'pass' && isAligned(spf.domain ?? '', from)
  const shown = signed ?? passed[0] ?? dkim.results[0]
  const ofDkim = shown && checkOf(shown.status.result, shown.signingDomain)
  const ofSpf = spf && ip ? checkOf(spf.status.result, spf.domain) : undefined
  const ofDmarc = verdict === 'fail' && !ip ? undefined : checkOf(verdict, from)
  return {
    checks: {
      ...(ofSpf ? { spf: ofSpf } : {}),
      ...(ofDkim ? { dkim: ofDkim } : {}),
      ...(ofDmarc ? { dmarc: ofDmarc } : {}),
    },
    isVerified: verdict === 'pass' || (verdict === 'none' && Boolean(signed ?? sent)),
    dmarc: verdict,
    sawAddress: Boolean(ip),
  }
}
