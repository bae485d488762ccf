import { readFileSync } from 'node:fs'
import { closeReasons } from '@qiao/protocol'
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
const handles = ['shen', 'lin', 'zhou', 'emma', 'he'] as const
const teamHandles = ['sales', 'support'] as const
export type Handle = (typeof handles)[number]
export type TeamHandle = (typeof teamHandles)[number]
export type QueueHandle = 'advice' | 'service' | 'english'

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

/** A slip in our own text ends the seeding with its name, and fails the test of the stories before that. */
function oneOf<Value extends string>(known: readonly Value[], name: string): Value {
  const found = known.find((value) => value === name)
  if (found === undefined) throw new Error(`A demo conversation names ${name}, which does not exist`)
  return found
}

function readStory(part: string): Story {
  const [head = '', ...lines] = part.trim().split('\n')
  const [customer = '', began = '', ...about] = head.split('|').map((piece) => piece.trim())
  const named = (name: string): string | undefined =>
    about.find((piece) => piece.startsWith(`${name} `))?.slice(name.length + 1)
  const holder = named('holder')
  return {
    customer,
    began,
    holder: holder === undefined ? null : oneOf(handles, holder),
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
      return { type: 'note', text: rest, mentions: mentionsIn(rest) }
    case '->':
      return { type: 'transfer', to: oneOf([...handles, ...teamHandles], first.replace('@', '')), note: words }
    case '@':
      return { type: 'assign', to: oneOf(handles, first) }
    case 'x':
      return { type: 'close', reason: oneOf(closeReasons, first) }
    case '*':
      return { type: 'rate', score: Number(first), comment: words }
    case 'z':
      return { type: 'snooze', hours: Number.parseInt(first, 10) }
    default:
      throw new Error(`A demo conversation has a line without a sign: ${line}`)
  }
}

const mentionsIn = (note: string): Handle[] =>
  [...note.matchAll(agentSign)].map(([, name = '']) => oneOf(handles, name))

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
