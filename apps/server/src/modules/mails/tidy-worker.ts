import { parentPort } from 'node:worker_threads'
import { tidyHtml, type Wanted } from './tidy-html.ts'

parentPort?.on('message', (wanted: Wanted) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  parentPort?.postMessage(tidyHtml(wanted))
})
