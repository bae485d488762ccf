import { readFileSync } from 'node:fs'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { Dovecot, Identity } from './dovecot.ts'

export function identityOf(server: Dovecot | undefined): Identity {
  if (!server?.identity) throw new Error('openssl made no certificate')
  return server.identity
}

/** Whoever connects within `run` trusts that server, as they trust those of the world. */
export async function trustFor(identity: Identity, run: () => Promise<void>): Promise<void> {
  const before = getCACertificates()
  setDefaultCACertificates([...before, readFileSync(identity.cert, 'utf8')])
  try {
    await run()
  } finally {
    setDefaultCACertificates(before)
  }
}
