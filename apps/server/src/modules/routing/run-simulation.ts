import { Worker } from 'node:worker_threads'
import type { Scenario, ScenarioRun } from '@qiao/routing'
import { AppError } from '#platform/errors'

/** Each takes a processor for itself. */
const mostAtOnce = 2
const timeLimitMs = 60_000
let running = 0

/** Runs of each scenario with the seeds 1, 2, …, beside the server's own thread. */
export async function runSimulation(scenarios: readonly Scenario[], seeds: number): Promise<ScenarioRun[][]> {
  if (running >= mostAtOnce) throw new AppError('rate-limited', { retryAfterSeconds: 5 })
  running += 1
  try {
    return await inThread({ scenarios, seeds })
  } finally {
    running -= 1
  }
}

function inThread(workerData: { scenarios: readonly Scenario[]; seeds: number }): Promise<ScenarioRun[][]> {
  const { promise, resolve, reject } = Promise.withResolvers<ScenarioRun[][]>()
  const worker = new Worker(new URL('./simulation-worker.ts', import.meta.url), { workerData })
  const late = setTimeout(() => {
    reject(new AppError('unavailable', { detail: 'The simulation takes too long', retryAfterSeconds: 60 }))
  }, timeLimitMs)
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`the simulation ended with ${code}`)))
  return promise.finally(() => {
    clearTimeout(late)
    void worker.terminate()
  })
}
