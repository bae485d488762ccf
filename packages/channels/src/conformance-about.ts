import { deepEqual, ok } from 'node:assert/strict'
import { z } from 'zod'
import type { Check, Kit } from './conformance-kit.ts'
import type { Channel } from './contract.ts'
import type { ChannelEvent } from './events.ts'

interface Meta {
  title?: { zh?: string; en?: string }
  secret?: boolean
  properties?: Record<string, Meta>
}

/** What it says of itself is whole, and its fixtures show what it declares. */
export function aboutChecks<Config>(channel: Channel<Config>, kit: Kit<Config>): Check[] {
  const { about, config, capabilities } = channel
  const { properties = {} } = z.toJSONSchema(config, { io: 'input' }) as Meta
  const fields = Object.entries(properties)
  return [
    {
      name: 'its names are there in both languages',
      run: () => ok(about.name.zh && about.name.en && about.summary.zh && about.summary.en && about.id && about.icon),
    },
    { name: 'the configuration of the kit is valid', run: () => void config.parse(kit.config) },
    {
      name: 'every field of the configuration has a title in both languages',
      run: () =>
        deepEqual(
          fields.filter(([, { title }]) => !title?.zh || !title.en).map(([name]) => name),
          [],
        ),
    },
    {
      name: 'what is secret is marked so',
      run() {
        const marked = fields.filter(([, { secret }]) => secret).map(([name]) => name)
        const values = marked.map((name) => (kit.config as Record<string, unknown>)[name])
        deepEqual(
          kit.secrets.filter((secret) => !values.includes(secret)),
          [],
        )
      },
    },
    {
      name: 'each kind of content that it receives has a fixture',
      run() {
        const seen = new Set(
          kit.fixtures.flatMap(({ events }) => events.flatMap((e) => (e.kind === 'message' ? e.content.type : []))),
        )
        deepEqual(
          capabilities.receives.filter((type) => !seen.has(type)),
          [],
        )
      },
    },
    {
      name: 'what it says can be changed of messages, it changes',
      run() {
        for (const { edits, recalls, reactions } of [
          capabilities,
          channel.capabilitiesOf?.(kit.config) ?? capabilities,
        ])
          ok(channel.revise !== undefined || !(edits.out || recalls.out || reactions.out))
      },
    },
    {
      name: 'sessions that it says can be moved, it moves',
      run: () => deepEqual(channel.moveSession !== undefined, capabilities.sessions !== undefined),
    },
    {
      name: 'each kind of event that it declares has a fixture',
      run() {
        const events = kit.fixtures.flatMap((fixture) => fixture.events)
        const kinds = new Set(events.map(({ kind }) => kind))
        const { edits, recalls, reactions, echoes, typing, receipts, window } = capabilities
        const declared: [boolean, ChannelEvent['kind']][] = [
          [edits.in, 'edited'],
          [recalls.in, 'recalled'],
          [reactions.in, 'reacted'],
          [echoes, 'echo'],
          [typing.in, 'typing'],
          [window?.acts !== undefined, 'acted'],
        ]
        deepEqual(
          declared.filter(([is, kind]) => is && !kinds.has(kind)).map(([, kind]) => kind),
          [],
        )
        const states = new Set(events.flatMap((event) => (event.kind === 'receipt' ? event.state : [])))
        deepEqual(
          receipts.filter((state) => state !== 'sent' && !states.has(state)),
          [],
        )
      },
    },
  ]
}
