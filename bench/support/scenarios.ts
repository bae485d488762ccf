import { setTimeout as sleep } from 'node:timers/promises'
import { type BurstOutcome, type BurstSize, runBurst } from './burst.ts'
import { benchDatabase, databaseOf } from './database.ts'
import { redisServer } from './redis.ts'
import { freePort, serverProcess, type ServerProcess, temporaryFolder } from './server-process.ts'
import { setUp } from './staff.ts'
import { findFaults } from './verdict.ts'

export interface ScenarioResult {
  faults: string[]
  acknowledged: number
  seconds: number
  resent: number
  refused: number
}

/** Does each in turn when that share of the messages has been acknowledged. */
const atShares =
  (messages: number, deeds: readonly (() => Promise<void>)[]) =>
  async (acknowledged: () => number): Promise<void> => {
    for (const [turn, deed] of deeds.entries()) {
      const due = (messages * (turn + 1)) / (deeds.length + 1)
      while (acknowledged() < due) await sleep(5)
      await deed()
    }
  }

async function judge(databaseUrl: string, outcome: BurstOutcome): Promise<ScenarioResult> {
  try {
    const faults = await findFaults(databaseUrl, outcome)
    const { acknowledged, sendSeconds: seconds, resent, refused } = outcome
    return { faults, acknowledged: acknowledged.size, seconds, resent, refused }
  } finally {
    outcome.stop()
  }
}

const killAndStart = (server: ServerProcess) => async (): Promise<void> => {
  await server.kill('SIGKILL')
  await server.start()
}

/** One server, killed several times, and its database that crashes under it, in turn. */
export async function serverAndDatabaseInTurn(size: BurstSize, times = 3): Promise<ScenarioResult> {
  await using folder = await temporaryFolder()
  await using database = await benchDatabase(folder.path)
  await using server = serverProcess(await freePort(), { QIAO_DATA_DIR: folder.path, DATABASE_URL: database.url })
  await server.start()
  const crash = async (): Promise<void> => database.crash()
  const outcome = await burstOn(server, size, Array.from({ length: times }, () => [killAndStart(server), crash]).flat())
  return await judge(database.url, outcome)
}

/** One server with its own database; both are killed at the same moment, several times. */
export async function serverAndDatabaseKilled(size: BurstSize, times = 3): Promise<ScenarioResult> {
  await using folder = await temporaryFolder()
  await using server = serverProcess(await freePort(), { QIAO_DATA_DIR: folder.path })
  await server.start()
  const kill = async (): Promise<void> => {
    const { pid } = await databaseOf(folder.path)
    process.kill(pid, 'SIGKILL')
    await server.kill('SIGKILL')
    await server.start()
  }
  const outcome = await burstOn(server, size, Array(times).fill(kill))
  return await judge((await databaseOf(folder.path)).url, outcome)
}

async function burstOn(server: ServerProcess, size: BurstSize, deeds: readonly (() => Promise<void>)[]) {
  const { url } = server
  const disturb = atShares(size.messages, deeds)
  const staff = await setUp(url)
  return runBurst({ ...size, staff, origin: url, visitorUrl: () => url, agentUrl: () => url, disturb })
}

/** Visitors on one server, the agent on the other; either is killed, Redis restarts in between. Clients move over. */
export async function twoServers(size: BurstSize, times = 3): Promise<ScenarioResult> {
  await using folder = await temporaryFolder()
  await using database = await benchDatabase(folder.path)
  await using redis = await redisServer()
  const origin = 'http://qiao.example'
  const settings = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    QIAO_SECRET: 'a secret that both servers know, long enough',
    QIAO_URL: origin,
  }
  await using first = serverProcess(await freePort(), { ...settings, QIAO_DATA_DIR: `${folder.path}/first` })
  await using second = serverProcess(await freePort(), { ...settings, QIAO_DATA_DIR: `${folder.path}/second` })
  await first.start()
  await second.start()
  const staff = await setUp(first.url, origin)
  const outcome = await runBurst({
    ...size,
    staff,
    origin,
    visitorUrl: prefer(first, second),
    agentUrl: prefer(second, first),
    disturb: atShares(
      size.messages,
      Array.from({ length: times }, (_, turn) => killAndStart(turn % 2 === 0 ? first : second)).flatMap((kill) => [
        kill,
        () => redis.restart(),
      ]),
    ),
  })
  return await judge(database.url, outcome)
}

/** A client comes back to its own server when that runs, else it moves to the other. */
const prefer = (one: ServerProcess, other: ServerProcess) => (): string => (one.running() ? one.url : other.url)
