import { deepEqual, equal, ok } from 'node:assert/strict'
import * as fc from 'fast-check'
import type { Check, Kit } from './conformance-kit.ts'
import type { Channel, RawRequest } from './contract.ts'
import type { Json } from './json.ts'

/** Fixtures are read as documented, forgeries refused, repeats known, damage survived. */
export function inboundChecks<Config>(channel: Channel<Config>, kit: Kit<Config>): Check[] {
  const { webhook } = channel
  const accept = (request: RawRequest, config = kit.config) => {
    ok(webhook)
    return webhook.accept(request, config, kit.now)
  }
  const asked = kit.fixtures.flatMap((fixture) => (fixture.request ? [{ ...fixture, request: fixture.request }] : []))
  const perFixture = kit.fixtures.map((fixture): Check => ({
    name: `fixture ${fixture.name} is read`,
    run() {
      const data = fixture.request ? eventsOf(accept(fixture.request)) : [{ id: '', data: fixture.data ?? null }]
      if (fixture.ids)
        deepEqual(
          data.map(({ id }) => id),
          fixture.ids,
        )
      deepEqual(
        data.flatMap((event) => channel.normalise(event.data, kit.config)),
        fixture.events,
      )
    },
  }))
  const perRequest = asked.flatMap(({ name, request }): Check[] => [
    {
      name: `fixture ${name} has the same ids each time`,
      run: () =>
        deepEqual(
          eventsOf(accept(request)).map(({ id }) => id),
          eventsOf(accept(request)).map(({ id }) => id),
        ),
    },
    ...(kit.forgeries.length > 0
      ? [
          {
            name: `fixture ${name} is refused with other secrets`,
            run: () => equal(accept(request, kit.otherSecrets).kind, 'refused'),
          },
        ]
      : []),
    ...kit.forgeries.map((forge, at) => ({
      name: `fixture ${name} is refused when forged (${at + 1})`,
      run: () => equal(accept(forge(request)).kind, 'refused'),
    })),
  ])
  const { sign } = kit
  const malformed: Check[] = [
    {
      name: 'data of any shape is unknown or of no use, never thrown',
      run: () =>
        fc.assert(
          fc.property(fc.jsonValue(), (data) => {
            const kinds = channel.normalise(JSON.parse(JSON.stringify(data)), kit.config).map(({ kind }) => kind)
            ok(
              kinds.every((kind) => kind === 'unknown' || kind === 'nothing'),
              kinds.join(),
            )
          }),
        ),
    },
    ...damaged(channel, kit),
    ...(sign
      ? [
          {
            name: 'a signed body of any bytes is taken or refused, and what is taken is read, never thrown',
            run: () =>
              fc.assert(
                fc.property(
                  fc.oneof(
                    fc.string(),
                    fc.json(),
                    fc.constantFrom('', '<xml>', '<!DOCTYPE a [<!ENTITY b "b">]><xml>&b;</xml>', tooDeep),
                    fc.uint8Array({ maxLength: 200 }),
                  ),
                  (body) => {
                    const accepted = accept(sign(Buffer.from(typeof body === 'string' ? Buffer.from(body) : body)))
                    for (const { data } of accepted.kind === 'accepted' ? accepted.events : [])
                      channel.normalise(data, kit.config)
                  },
                ),
              ),
          },
        ]
      : []),
  ]
  return [...perFixture, ...perRequest, ...malformed]
}

const tooDeep = `{"events":${'['.repeat(20_000)}${']'.repeat(20_000)}}`

/** Takes a fixture and puts something else in one place of it. */
function damaged<Config>(channel: Channel<Config>, kit: Kit<Config>): Check[] {
  return kit.fixtures.map((fixture) => ({
    name: `fixture ${fixture.name} with a damaged place is read or unknown, never thrown`,
    run() {
      const accepted = fixture.request && channel.webhook?.accept(fixture.request, kit.config, kit.now)
      const data = accepted ? eventsOf(accepted).map((event) => event.data) : [fixture.data ?? null]
      for (const whole of data)
        for (const place of placesIn(whole))
          for (const other of [null, 0, '', 'x', [], {}, true])
            channel.normalise(withAt(whole, place, other), kit.config)
    },
  }))
}

type Place = readonly (string | number)[]
function placesIn(value: Json, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))]
}
function withAt(value: Json, [first, ...rest]: Place, other: Json): Json {
  if (first === undefined) return other
  if (Array.isArray(value)) return value.map((inner, at) => (at === Number(first) ? withAt(inner, rest, other) : inner))
  if (typeof value !== 'object' || value === null) return value
  return { ...value, [first]: withAt(value[first] ?? null, rest, other) }
}

function eventsOf(accepted: ReturnType<NonNullable<Channel['webhook']>['accept']>) {
  equal(accepted.kind, 'accepted')
  return accepted.kind === 'accepted' ? accepted.events : []
}
