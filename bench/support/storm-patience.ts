import { setTimeout as sleep } from 'node:timers/promises'
import type { Staff } from './staff.ts'

/** Nobody types faster, and some providers tell times in seconds: within one the order is not theirs to tell. */
export const paceMs = 1_100
/** Without anything getting better; tries that follow each other are minutes apart in the end. */
export const patienceMs = 300_000
export const lookMs = 500
const insistMs = 300_000

/** The same key again until it is stored, as an agent's page does. */
export async function insist<Result>(staff: Staff, path: string, body: object): Promise<Result> {
  for (const deadline = Date.now() + insistMs; ; await sleep(200)) {
    try {
      return await staff.call<Result>('POST', path, body)
    } catch (error) {
      if (Date.now() > deadline || (error instanceof Error && /^4\d\d /.test(error.message))) throw error
    }
  }
}

/** Until nothing is left; for as long as it gets less. */
export async function settled(left: () => Promise<number>): Promise<void> {
  let least = Number.POSITIVE_INFINITY
  for (let deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(lookMs)) {
    const now = await left()
    if (now === 0) return
    if (now >= least) continue
    least = now
    deadline = Date.now() + patienceMs
  }
}
