import { Worker } from 'node:worker_threads'
import { type Tidy, tidyHtml, type Wanted } from './tidy-html.ts'

/** Cleaned in less than the time that it takes to hand it over: 30 ms on a slow machine. */
const soonDone = 20_000
const timeLimitMs = 20_000

let worker: Worker | null = null
let tail: Promise<unknown> = Promise.resolve()

/**
 * Half a million characters of tables take most of a second: they are cleaned in a thread of their own, one after the other,
 * while everybody's messages go on. Null for what takes too long.
 */
export function tidyBeside(wanted: Wanted): Promise<Tidy | null> {
  if (wanted.html.length <= soonDone) return Promise.resolve(tidyHtml(wanted))
  const done = tail.then(() => inThread(wanted))
  tail = done
  return done
}

function inThread(wanted: Wanted): Promise<Tidy | null> {
  const running = (worker ??= new Worker(new URL('./tidy-worker.ts', import.meta.url)))
  running.ref()
  return new Promise((resolve) => {
    function finish(tidy: Tidy): void {
      clearTimeout(late)
      running.off('message', finish).off('error', giveUp).off('exit', giveUp)
      // Nobody is kept from ending by a thread that waits.
      running.unref()
      resolve(tidy)
    }
    function giveUp(): void {
      worker = null
      clearTimeout(late)
      running.off('message', finish).off('error', giveUp).off('exit', giveUp)
      // What it still says is heard by nobody.
      running.on('error', () => undefined)
      void running.terminate()
      resolve(null)
    }
    const late = setTimeout(giveUp, timeLimitMs)
    running.once('message', finish).once('error', giveUp).once('exit', giveUp)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
    running.postMessage(wanted)
  })
}
