import { parentPort } from 'node:worker_threads'
import type { Limits } from './mail.ts'
import { parseMail } from './parse-mail.ts'

parentPort?.on('message', ({ raw, limits }: { raw: Uint8Array; limits: Partial<Limits> }) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
  parentPort?.postMessage(parseMail(raw, limits))
})
