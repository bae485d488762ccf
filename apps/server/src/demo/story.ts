import { readFileSync } from 'node:fs'
import type { closeReasons } from '@qiao/protocol'
import { join } from 'node:path'

/**
 * The demo conversations are written as plain text, so that they read like chats:
 *
 *     == customer | when it began | holder agent | tags one,two
 *     > customer      < agent      # internal note (@agent mentions)
 *     -> team or @agent words for the next one      @ agent who takes it
 *     x reason (closed)      * stars comment      z 20h (snoozed)
 *
 * `[image name.jpg drawing]` in place of words is a file. `when` is `5m`, `3h`, or `2d 14:30` in the shop's time zone.
 */
export type Handle = 'shen' | 'lin' | 'zhou' | 'emma' | 'he'
export type TeamHandle = 'sales' | 'support'

export interface StoryFile {
  kind: 'image' | 'audio' | 'file'
  name: string
  drawing: string
}
interface Words {
  text: string
  file: StoryFile | null
}
export type Step =
  | ({ type: 'customer' } & Words)
  | ({ type: 'agent' } & Words)
  | { type: 'note'; text: string; mentions: Handle[] }
  | { type: 'transfer'; to: Handle | TeamHandle; note: string }
  | { type: 'assign'; to: Handle }
  | { type: 'close'; reason: (typeof closeReasons)[number] }
  | { type: 'rate'; score: number; comment: string }
  | { type: 'snooze'; hours: number }

export interface Story {
  customer: string
  began: string
  holder: Handle | null
  tags: string[]
  steps: Step[]
}

const agentSign = /@([a-z]+)/g

export function readStories(name: string): Story[] {
  const text = readFileSync(join(import.meta.dirname, 'stories', `${name}.txt`), 'utf8')
  return text
    .split(/^== /m)
    .slice(1)
    .map((part) => readStory(part))
}

function readStory(part: string): Story {
  const [head = '', ...lines] = part.trim().split('\n')
  const [customer = '', began = '', ...about] = head.split('|').map((piece) => piece.trim())
  const named = (name: string): string | undefined =>
    about.find((piece) => piece.startsWith(`${name} `))?.slice(name.length + 1)
  return {
    customer,
    began,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own text; a wrong name fails the test of the demo
    holder: (named('holder') as Handle | undefined) ?? null,
    tags: named('tags')?.split(',') ?? [],
    steps: lines.map((line) => readStep(line)),
  }
}

function readStep(line: string): Step {
  const [, sign = '', rest = ''] = /^(->|[><#@x*z]) ?(.*)$/.exec(line) ?? []
  const [first = '', ...others] = rest.split(' ')
  const words = others.join(' ')
  switch (sign) {
    case '>':
      return { type: 'customer', ...readMessage(rest) }
    case '<':
      return { type: 'agent', ...readMessage(rest) }
    case '#':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return { type: 'note', text: rest, mentions: [...rest.matchAll(agentSign)].map(([, handle]) => handle as Handle) }
    case '->':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return { type: 'transfer', to: first.replace('@', '') as Handle | TeamHandle, note: words }
    case '@':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return { type: 'assign', to: first as Handle }
    case 'x':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return { type: 'close', reason: first as (typeof closeReasons)[number] }
    case '*':
      return { type: 'rate', score: Number(first), comment: words }
    case 'z':
      return { type: 'snooze', hours: Number.parseInt(first, 10) }
    default:
      throw new Error(`A demo conversation has a line without a sign: ${line}`)
  }
}

function readMessage(rest: string): Words {
  const [, kind, name = '', drawing = ''] = /^\[(image|audio|file) (\S+) (\S+)\]$/.exec(rest) ?? []
  if (kind === 'image' || kind === 'audio' || kind === 'file') return { text: '', file: { kind, name, drawing } }
  return { text: rest, file: null }
}

const dayMs = 86_400_000
const shopOffset = '+08:00'

/** When a story began. */
export function beganAt(began: string, now: Date): Date {
  const [, amount = '0', unit = '', hour, minute] = /^(\d+)([mhd])(?: (\d\d):(\d\d))?$/.exec(began) ?? []
  const minutes = Number(amount) * (unit === 'h' ? 60 : 1)
  if (unit !== 'd') return new Date(now.getTime() - minutes * 60_000)
  const local = new Date(now.getTime() + 8 * 3_600_000 - Number(amount) * dayMs).toISOString().slice(0, 10)
  return new Date(`${local}T${hour}:${minute}:00${shopOffset}`)
}
