import type { Page } from '@playwright/test'

/**
 * Measures inside the page, from the time stamp that the browser gave the event to the paint that follows: what a person
 * sees, without the way from this process to the browser. As text: it runs in the page, whose names this project does
 * not know.
 */
const probe = `
window.probe = (() => {
  // From within a frame: the task that follows its paint.
  const afterPaint = (done) => { const { port1, port2 } = new MessageChannel(); port2.onmessage = () => done(performance.now()); port1.postMessage(0) }
  const painted = (done) => requestAnimationFrame(() => afterPaint(done))
  let keys = []
  let click = null
  addEventListener('keydown', (event) => painted((now) => keys.push(now - event.timeStamp)), true)
  addEventListener('click', (event) => { click = event.timeStamp }, true)
  return {
    takeKeys: () => keys.splice(0),
    // The text stands in the thread and was painted.
    shownAfterClick: (text) => new Promise((resolve, reject) => {
      const deadline = performance.now() + 20000
      const look = () => {
        if (click !== null && document.querySelector('[role=log]')?.textContent.includes(text)) {
          return afterPaint((now) => { const took = now - click; click = null; resolve(took) })
        }
        if (performance.now() > deadline) return reject(new Error('never shown: ' + text))
        requestAnimationFrame(look)
      }
      look()
    }),
    // Scrolls a step each frame for some frames and gives the time of each.
    scroll: (selector, step, frames) => new Promise((resolve) => {
      const element = document.querySelector(selector)
      const times = []
      let before = performance.now()
      let left = frames
      const turn = () => {
        const now = performance.now()
        times.push(now - before)
        before = now
        if (left-- <= 0) return resolve(times.slice(1))
        element.scrollTop += step
        requestAnimationFrame(turn)
      }
      requestAnimationFrame(turn)
    }),
    // Frames while something else goes on.
    frames: (milliseconds) => new Promise((resolve) => {
      const times = []
      const start = performance.now()
      let before = start
      const turn = () => {
        const now = performance.now()
        times.push(now - before)
        before = now
        if (now - start > milliseconds) return resolve(times.slice(1))
        requestAnimationFrame(turn)
      }
      requestAnimationFrame(turn)
    }),
    nodes: () => document.querySelectorAll('*').length,
  }
})()`

export interface Probe {
  takeKeys(): Promise<number[]>
  shownAfterClick(text: string): Promise<number>
  scroll(selector: string, step: number, frames: number): Promise<number[]>
  frames(milliseconds: number): Promise<number[]>
  nodes(): Promise<number>
  heapMegabytes(): Promise<number>
  /** Processor time of the page so far, which other programs of the machine do not lengthen. */
  workMs(): Promise<number>
}

export async function probeOf(page: Page): Promise<Probe> {
  const run = <Result>(name: string, ...given: unknown[]): Promise<Result> =>
    page.evaluate<Result>(`window.probe.${name}(${given.map((value) => JSON.stringify(value)).join(', ')})`)
  await page.evaluate(probe)
  const client = await page.context().newCDPSession(page)
  await client.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    takeKeys: () => run('takeKeys'),
    shownAfterClick: (text) => run('shownAfterClick', text),
    scroll: (selector, step, frames) => run('scroll', selector, step, frames),
    frames: (milliseconds) => run('frames', milliseconds),
    nodes: () => run('nodes'),
    workMs: async () => {
      const { metrics } = await client.send('Performance.getMetrics')
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
    },
    heapMegabytes: async () => {
      await client.send('HeapProfiler.collectGarbage')
      return (await client.send('Runtime.getHeapUsage')).usedSize / 1024 / 1024
    },
  }
}
