import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { openDatabase } from '../../apps/server/src/platform/database/connect.ts'
import { createLog } from '../../apps/server/src/platform/log.ts'

export interface QiaoServer {
  url: string
  /** Kills the process as a crash would and starts another one on the same database and port. */
  crash(): Promise<void>
  restart(): Promise<void>
  /** Puts the server's clock forward, counted from the real time. */
  putForward(milliseconds: number): Promise<void>
  stop(): Promise<void>
}

/** Started by its path, not imported: the types of the whole server would be read once more for the journeys. */
const serve = join(import.meta.dirname, '../../apps/server/src/testing/serve.ts')

/** Generous, because the machine may be busy with other things. */
const startsWithinMs = 120_000

/** Starts the server on an empty database of its own; with `demo` it fills it as `npm start` does. */
export async function startQiao({ demo, smtpUrl }: { demo: boolean; smtpUrl?: string }): Promise<QiaoServer> {
  const name = `e2e_${randomBytes(5).toString('hex')}`
  await administer(`create database ${name}`)
  const database = new URL(required('E2E_DATABASE_URL'))
  database.pathname = `/${name}`
  const port = await freePort()
  // Settings of whoever starts the journeys must not reach the server under test.
  const foreign = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(QIAO|E2E|S3|SMTP|REDIS)_/.test(key)),
  )
  const settings = {
    ...foreign,
    PORT: String(port),
    QIAO_DATA_DIR: join(required('E2E_FOLDER'), name),
    QIAO_SECRET: randomBytes(32).toString('base64url'),
    DATABASE_URL: database.href,
    DATABASE_POOL_SIZE: '8',
    QIAO_DEMO: demo ? 'on' : 'off',
    // Webhooks of a journey go to a receiver on this machine.
    QIAO_ALLOW_PRIVATE_TARGETS: 'on',
    LOG_LEVEL: 'warn',
    // Some journeys start it again: its sources are compiled once.
    NODE_COMPILE_CACHE: join(required('E2E_FOLDER'), 'compiled'),
    ...(smtpUrl ? { SMTP_URL: smtpUrl, MAIL_FROM: 'Camellia Goods <care@camellia.example>' } : {}),
  }
  let aheadMs = 0
  const launch = async (): Promise<ChildProcess> => {
    const env = { ...settings, E2E_AHEAD_MS: String(aheadMs) }
    const child = fork(serve, {
      env,
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    await heard(child, 'ready').catch((error: unknown) => {
      child.kill('SIGKILL')
      throw error
    })
    return child
  }
  let child = await launch()
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return {
    url: `http://localhost:${port}`,
    crash: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL')
      child = await launch()
    },
    putForward: async (milliseconds) => {
      aheadMs = milliseconds
      const done = heard(child, 'ahead')
      child.send({ aheadMs })
      await done
    },
    stop: async () => {
      await end('SIGKILL')
      await administer(`drop database if exists ${name} with (force)`)
    },
  }
}

async function heard(child: ChildProcess, word: string): Promise<void> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(new Error(`The server did not say "${word}" in time`)), startsWithinMs)
  const gone = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error(`The server ended before it said "${word}"`)
  })
  try {
    for (let said: unknown; said !== word;) [said] = await Promise.race([once(child, 'message', over), gone])
  } finally {
    clearTimeout(timer)
    gone.catch(() => undefined)
    over.abort()
  }
}

/**
 * Below those that the system gives to whoever asks for any (32768 and up on Linux): one of them may be somebody's before the
 * server takes it.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const probe = createServer().listen(port, '127.0.0.1')
    const free = await once(probe, 'listening').then(
      () => true,
      () => false,
    )
    if (!free) continue
    probe.close()
    await once(probe, 'close')
    return port
  }
}

async function administer(statement: string): Promise<void> {
  const log = createLog({ level: 'error' })
  const database = await openDatabase({ url: required('E2E_DATABASE_URL'), poolSize: 1, applicationName: 'e2e', log })
  try {
    await database.pool.query(statement)
  } finally {
    await database.close()
  }
}

export function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is missing: the journeys are started through Playwright's global set-up`)
  return value
}
