import type { Channel, RawEvent } from './contract.ts'
import type { ChannelEvent } from './events.ts'
import { noFaults, serveApi } from './simulator.ts'

/** For tests: a callback address that accepts for a channel, and what came in, each event once. */
export async function startReceiver<Config>(channel: Channel<Config>, config: Config, now = () => new Date()) {
  const taken = new Map<string, RawEvent>()
  const ids: string[] = []
  const refusals: string[] = []
  const server = await serveApi(noFaults(), ({ method, url, headers, body }) => {
    const accepted = channel.webhook?.accept(
      { method, url: new URL(url.pathname + url.search, server.url), headers, body },
      config,
      now(),
    )
    if (accepted?.kind === 'refused') refusals.push(accepted.reason)
    if (accepted?.kind === 'accepted') {
      for (const event of accepted.events) {
        ids.push(event.id)
        if (!taken.has(event.id)) taken.set(event.id, event)
      }
    }
    return accepted?.response ?? { status: 404, body: '' }
  })
  return {
    url: `${server.url}/callback`,
    /** Every id as it came, repeats too. */
    ids,
    refusals,
    raw: (): RawEvent[] => [...taken.values()],
    events: (): ChannelEvent[] => [...taken.values()].flatMap(({ data }) => channel.normalise(data, config)),
    of<Kind extends ChannelEvent['kind']>(kind: Kind) {
      return this.events().filter((event): event is Extract<ChannelEvent, { kind: Kind }> => event.kind === kind)
    },
    stop: () => server.stop(),
  }
}
