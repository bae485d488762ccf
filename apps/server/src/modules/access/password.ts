import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/**
 * OWASP's second choice for argon2id (19 MiB, 2 passes, 1 lane; Password Storage Cheat Sheet, read 2026-01): about 30 ms of one
 * core here, in a thread of its own. The parameters stand in each hash, so that they can be raised later.
 */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32

/** Gives the usual text form `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const hash = await derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength, ...cost })
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(hash)}`
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [, memory, passes, parallelism, salt, expected] = form.exec(hash) ?? []
  if (!salt || !expected) return false
  const wanted = Buffer.from(expected, 'base64')
  const got = await derive('argon2id', {
    message: password.normalize('NFKC'),
    nonce: Buffer.from(salt, 'base64'),
    tagLength: wanted.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return timingSafeEqual(got, wanted)
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
