import type { Channel } from '@qiao/channels'
import { type Said, type Simulator, simulators } from '@qiao/channels/simulators'
import type { Clock } from '#platform/clock'
import { AppError } from '#platform/errors'
import { messageOf } from '#platform/thrown'
import { isOffered, rankOf } from './looks.ts'
import { createOwners, type Owner } from './owners.ts'

/** The simulated providers of the playground, and what whoever tries it out does on its phones. Nothing is kept. */

export const troubles = ['silence', 'rate-limit', 'token'] as const
export type Trouble = (typeof troubles)[number]

/** One provider. */
export interface Line {
  channel: Channel
  simulator: Simulator
  /** How long a customer's message keeps the business free to write; null where it always is. */
  windowMs: number | null
  /** How far its clock is ahead: until the customer comes back. */
  aheadMs: number
  trouble: Trouble | null
}

export type Phones = Awaited<ReturnType<typeof startPhones>>

/** `origins` is told where the simulated providers are, so that they and nothing else on this machine can be called. */
export async function startPhones(channels: readonly Channel[], clock: Clock, origins: Set<string>) {
  const owners = createOwners()
  const lines = new Map<string, Line>()
  const started = channels.map(async (channel): Promise<Line | null> => {
    const start = simulators[channel.about.id]
    if (!start) return null
    const now = (): Date => new Date(clock.now().getTime() + (lines.get(channel.about.id)?.aheadMs ?? 0))
    const simulator = await start({ now, firstId: clock.now().getTime() })
    return { channel, simulator, windowMs: windowOf(channel, simulator), aheadMs: 0, trouble: null }
  })
  const ready = (await Promise.all(started)).filter((line) => line !== null)
  for (const line of ready.toSorted((one, other) => placeOf(one) - placeOf(other))) {
    const { id } = line.channel.about
    lines.set(id, line)
    for (const origin of loopbackOrigins(line.simulator.config)) origins.add(origin)
    line.simulator.faults.onAnswered = () => announce(id)
  }

  /** Once for all that happens in this turn: by then screens show it. */
  const due = new Set<string>()
  function announce(channelId: string): void {
    if (due.size === 0) setImmediate(tellAll)
    due.add(channelId)
  }
  function tellAll(): void {
    const changed = [...due]
    due.clear()
    for (const { listeners } of owners.all())
      for (const listener of listeners) for (const channelId of changed) listener(channelId)
  }

  function requireLine(channelId: string): Line {
    const line = lines.get(channelId)
    if (!line) throw new AppError('not-found')
    return line
  }

  /** The customer is back, and with them the present: what is signed with a time of next week is refused. */
  async function perform<Result>(channelId: string, work: (line: Line) => Promise<Result>): Promise<Result> {
    const line = requireLine(channelId)
    line.aheadMs = 0
    try {
      return await work(line)
    } catch (error) {
      throw new AppError('bad-request', { detail: messageOf(error) })
    } finally {
      announce(channelId)
    }
  }

  return {
    owners,
    lines,
    requireLine,
    async say(owner: Owner, channelId: string, said: Said): Promise<void> {
      const file = 'bytes' in said ? { bytes: said.bytes, mime: said.mime, name: said.name ?? said.type } : null
      if (file) owners.makeRoom(file.bytes.length)
      const { simulator } = requireLine(channelId)
      const id = await perform(channelId, async () => simulator.phone(owner.name).say(said))
      if (file) owner.files.set(`${channelId} ${id}`, file)
      void simulator.settled().then(() => {
        owner.handedOn.add(`${channelId} ${id}`)
        announce(channelId)
      })
    },
    async act(owner: Owner, channelId: string, act: string): Promise<void> {
      const inMenu = menuActs(requireLine(channelId)).includes(act)
      if (!inMenu && !isOffered(channelId, act))
        throw new AppError('bad-request', { detail: 'The phones cannot do that' })
      await perform(channelId, async ({ simulator }) => simulator.phone(owner.name).act(act))
    },
    async read(owner: Owner, channelId: string): Promise<void> {
      await requireLine(channelId).simulator.phone(owner.name).read()
      announce(channelId)
    },
    /** Puts the provider's clock forward to just after the end of every window that is open. */
    expireWindow(channelId: string): void {
      const line = requireLine(channelId)
      if (line.windowMs === null) throw new AppError('bad-request', { detail: 'There is no window here' })
      line.aheadMs = line.windowMs + 60_000
      announce(channelId)
    },
    setTrouble(channelId: string, trouble: Trouble | null): void {
      const line = requireLine(channelId)
      const { simulator } = line
      if (trouble === 'token' && !simulator.expireToken) throw new AppError('bad-request')
      if (line.trouble === 'token') simulator.renewToken?.()
      simulator.faults.always = trouble === 'silence' ? 'silence' : trouble === 'rate-limit' ? 429 : undefined
      if (trouble === 'token') simulator.expireToken?.()
      // Where a new token is asked for as soon as one is refused, nothing lasts.
      line.trouble = trouble === 'token' && !simulator.renewToken ? null : trouble
      announce(channelId)
    },
    async stop(): Promise<void> {
      await Promise.all([...lines.values()].map(({ simulator }) => simulator.stop()))
    },
  }
}

const menuActs = ({ simulator }: Line): string[] =>
  (simulator.menu?.() ?? []).flatMap((entry) => ('entries' in entry ? entry.entries : [entry]).map(({ act }) => act))

const placeOf = ({ channel }: Line): number => rankOf(channel.about.id)

function windowOf(channel: Channel, { config }: Simulator): number | null {
  const parsed = channel.config.safeParse(config)
  const { window } = (parsed.success ? channel.capabilitiesOf?.(parsed.data) : null) ?? channel.capabilities
  return window?.message.ms ?? null
}

/** Where a channel with this configuration will call. */
const loopbackOrigins = (config: Simulator['config']): string[] =>
  Object.values(config).flatMap((value) => {
    if (typeof value !== 'string' || !URL.canParse(value)) return []
    const { origin, hostname } = new URL(value)
    return hostname === '127.0.0.1' ? [origin] : []
  })
