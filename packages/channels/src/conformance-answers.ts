import { deepEqual, equal, ok } from 'node:assert/strict'
import * as fc from 'fast-check'
import { everyContent, sampleContents } from './conformance-contents.ts'
import type { Check, Kit } from './conformance-kit.ts'
import type { Channel, OutgoingMessage } from './contract.ts'
import { scriptedHttp, testContext } from './test-context.ts'

/** Answers to calls that are messages: to whom, of which parts, by the provider's rules. */
export function answerChecks<Config>(channel: Channel<Config>, kit: Kit<Config>): Check[] {
  const { webhook, capabilities } = channel
  const capable = kit.reads && (channel.capabilitiesOf?.(kit.reads.config) ?? capabilities)
  const declared: Check = {
    name: 'answers to calls are declared, made and tried by the kit, or none of it',
    run: () => deepEqual([webhook?.answers !== undefined, capable?.answers !== undefined], Array(2).fill(!!kit.reads)),
  }
  const { reads } = kit
  const answers = webhook?.answers
  if (!webhook || !answers || !reads) return [declared]
  const { config } = reads
  const calls = kit.fixtures.flatMap(({ name, request, open }) =>
    request && open !== undefined ? [{ name, request, open }] : [],
  )
  const openOf = (call: (typeof calls)[number]) => {
    const accepted = webhook.accept(call.request, config, kit.now)
    ok(accepted.kind === 'accepted')
    return accepted.open ?? null
  }
  const [first] = calls.flatMap((call) => openOf(call) ?? [])
  const partsOf = (content: OutgoingMessage['content']) => {
    const rendered = channel.render({ to: kit.to, content, window: 'open', links: {} }, config)
    return rendered.kind === 'parts' ? rendered.parts : []
  }
  return [
    declared,
    ...calls.map((call): Check => ({
      name: `fixture ${call.name} ${call.open === null ? 'cannot be answered' : 'can be answered'} by a message`,
      run: () => equal(openOf(call)?.to ?? null, call.open),
    })),
    {
      name: 'a part that can be an answer is one by the rules of the provider, to who called',
      run: () =>
        fc.assert(
          fc.property(fc.oneof(everyContent, fc.constantFrom(...sampleContents)), (content) => {
            ok(first, 'a fixture shows a call that can be answered')
            for (const part of partsOf(content)) {
              if (!answers.carries(part)) continue
              const response = answers.respond(part, first.call, config, kit.now)
              deepEqual(reads.answer(response, part), { to: first.to, broken: [] })
            }
          }),
          { numRuns: 300 },
        ),
    },
    {
      name: 'a text can be an answer, and what needs bytes cannot',
      run() {
        ok(partsOf({ type: 'text', text: 'Hello', markup: 'none' }).every((part) => answers.carries(part)))
        const heavy = sampleContents.flatMap(partsOf).filter(({ attachmentIds = [] }) => attachmentIds.length > 0)
        ok(heavy.every((part) => !answers.carries(part)))
      },
    },
    {
      name: 'a file that was made ready for an answer is one by the rules of the provider, and needs no more bytes',
      async run() {
        equal(answers.prepare !== undefined, reads.uploads !== undefined)
        ok(first, 'a fixture shows a call that can be answered')
        const made = await Promise.all(
          sampleContents.flatMap(partsOf).map(async (part) => {
            const context = testContext(config, {
              http: scriptedHttp([...(reads.uploads ?? [])]).http,
              now: () => kit.now,
            })
            return (await answers.prepare?.(part, context)) ?? null
          }),
        )
        const ready = made.filter((part) => part !== null)
        ok(ready.length > 0 || reads.uploads === undefined, 'no file can be made ready')
        for (const part of ready) {
          ok(answers.carries(part), 'it is still not carried')
          equal(part.attachmentIds?.length ?? 0, 0)
          deepEqual(reads.answer(answers.respond(part, first.call, config, kit.now), part), {
            to: first.to,
            broken: [],
          })
        }
      },
    },
  ]
}
