import type { Bus, Topic } from '../bus/bus.ts'
import type { Database } from '../database/connect.ts'
import type { Log } from '../log.ts'
import { type FeedReader, readFeed, startFeed } from './read-feed.ts'

interface FollowOptions {
  db: Database
  bus: Bus
  log: Log
  /** What is told when there is something new to read. */
  wakeOn: readonly Topic<unknown>[]
}

export interface FollowedFeed {
  /** Reads to the end; for the job that looks after lost hints. */
  catchUp(): Promise<void>
  /** Waits for a reading that runs. */
  stop(): Promise<void>
}

/** One reading for all rows that are written together. */
const debounceMs = 50
/** While nobody wants the rows: passing over them writes, which must not stand in the way of what else is written. */
const unwantedMs = 1_000
const firstWaitMs = 50
const longestWaitMs = 1_000
/** What is still held back by a slow transaction then is left to the job. */
const patienceMs = 30_000

/** Keeps a reader near the end of the feed: each hint on the bus wakes it. */
export async function followFeed<Item>(
  { db, bus, log, wakeOn }: FollowOptions,
  reader: FeedReader<Item>,
): Promise<FollowedFeed> {
  await startFeed(db, reader)
  let timer: NodeJS.Timeout | undefined
  let reading: Promise<void> | undefined
  let again = false
  let unwanted = false
  const stopping = new AbortController()

  async function readToEnd(): Promise<void> {
    const deadline = Date.now() + patienceMs
    let waitMs = firstWaitMs
    while (!stopping.signal.aborted) {
      const { taken, behind, ...rest } = await readFeed(db, reader)
      unwanted = rest.unwanted ?? false
      if (!behind || Date.now() > deadline) return
      if (taken > 0) waitMs = firstWaitMs
      else {
        await new Promise((resolve) => setTimeout(resolve, waitMs))
        waitMs = Math.min(waitMs * 2, longestWaitMs)
      }
    }
  }
  async function readOnce(): Promise<void> {
    do {
      again = false
      await readToEnd()
    } while (again && !stopping.signal.aborted)
  }
  function catchUp(): Promise<void> {
    // A hint during a reading may be of a row that this reading did not see.
    again = true
    reading ??= readOnce().finally(() => {
      reading = undefined
    })
    return reading
  }
  function wake(): void {
    timer ??= setTimeout(
      () => {
        timer = undefined
        catchUp().catch((error: unknown) => log.warn({ err: error, feed: reader.name }, 'a feed could not be read'))
      },
      unwanted ? unwantedMs : debounceMs,
    )
  }
  const unsubscribe = [...wakeOn.map((topic) => bus.subscribe(topic, wake)), bus.onGap(wake)]

  return {
    catchUp,
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      for (const end of unsubscribe) end()
      await reading?.catch(() => undefined)
    },
  }
}
