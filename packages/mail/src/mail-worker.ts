import { parentPort, workerData } from 'node:worker_threads'
import type { Limits } from './mail.ts'
import { parseMail } from './parse-mail.ts'

const { raw, limits }: { raw: Uint8Array; limits: Partial<Limits> } = workerData
const mail = parseMail(raw, limits)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
parentPort?.postMessage(mail)
