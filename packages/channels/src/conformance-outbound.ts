import { deepEqual, equal, ok } from 'node:assert/strict'
import * as fc from 'fast-check'
import { everyAttachment, everyContent, sampleContents, words } from './conformance-contents.ts'
import type { Check, Kit } from './conformance-kit.ts'
import type { Channel, HttpResponse, OutgoingMessage } from './contract.ts'
import { scriptedHttp, testContext } from './test-context.ts'

const links = { '0190a6b0-0000-7000-8000-000000000001': 'https://qiao.example/media/1' }
const silence = (written: boolean) => ({ kind: 'silence', written, reason: 'reset' }) as const
const texts = words(3_000).map((text) => ({ type: 'text', text, markup: 'none' }) as const)
const letters = (text: string): string => text.replace(/\s/gu, '')

/** What goes out keeps every limit, loses no word and names no secret; answers mean what the provider says. */
export function outboundChecks<Config>(channel: Channel<Config>, kit: Kit<Config>): Check[] {
  const message = (content: OutgoingMessage['content']): OutgoingMessage => ({
    to: kit.to,
    content,
    window: 'open',
    links,
  })
  const { sends, text } = channel.capabilities
  return [
    {
      name: 'a message of any kind and size keeps the limits, or is refused',
      run: () =>
        fc.assert(
          fc.property(everyContent, (content) => {
            const rendered = channel.render(message(content), kit.config)
            const broken = rendered.kind === 'parts' ? rendered.parts.flatMap((part) => kit.breaks(part)) : []
            deepEqual(broken, [])
          }),
          { numRuns: 500 },
        ),
    },
    {
      name: 'no word of a text is lost or doubled',
      run: () =>
        fc.assert(
          fc.property(words(9_000), (given) => {
            const wanted = given.trim()
            const rendered = channel.render(message({ type: 'text', text: wanted, markup: 'none' }), kit.config)
            if (rendered.kind === 'impossible') return ok(!text.splits || sends.length === 0, rendered.problem.code)
            equal(letters(rendered.parts.map((part) => kit.wordsOf(part)).join('')), letters(wanted))
          }),
          { numRuns: 60 },
        ),
    },
    {
      name: 'the words that agents are shown before sending are those that the customer reads',
      run: () =>
        fc.assert(
          fc.property(fc.oneof(texts, everyAttachment), (content) => {
            const rendered = channel.render(message(content), kit.config)
            const parts = rendered.kind === 'parts' ? rendered.parts : []
            parts.forEach((part) => equal(letters(channel.wordsIn(part)), letters(kit.wordsOf(part))))
          }),
          { numRuns: 100 },
        ),
    },
    {
      name: 'no word of a caption is lost',
      run: () =>
        fc.assert(
          fc.property(everyAttachment, (content) => {
            const rendered = channel.render(message(content), kit.config)
            if (rendered.kind === 'impossible') return
            const shown = letters(rendered.parts.map((part) => kit.wordsOf(part)).join(''))
            ok(shown.includes(letters(content.caption)), shown)
          }),
          { numRuns: 200 },
        ),
    },
    ...sampleContents
      .map((sample) => asConverted(sample, channel))
      .map((content): Check => ({
        name: `${content.type} goes out as declared`,
        run() {
          const rendered = channel.render(message(content), kit.config)
          if (rendered.kind === 'impossible') return ok(!sends.includes(content.type), rendered.problem.code)
          equal(rendered.degraded.length === 0, sends.includes(content.type), rendered.degraded.join())
        },
      })),
    ...kit.answers.map(({ name, answers, gives }): Check => ({
      name: `the answer ${name} means ${gives.kind}`,
      run: async () => {
        const { result, seen } = await sendWith(answers)
        deepEqual({ ...result, ...gives }, result)
        hidesSecrets(kit.secrets, seen)
      },
    })),
    ...(kit.answers.length > 0
      ? [
          {
            name: 'silence after writing is unknown, before it is tried again',
            run: async () => {
              const prelude = kit.answers[0]?.answers.slice(0, -1) ?? []
              equal((await sendWith([...prelude, silence(true)])).result.kind, 'unknown')
              equal((await sendWith([...prelude, silence(false)])).result.kind, 'retry')
            },
          },
        ]
      : []),
    {
      name: 'no stored request holds a secret',
      run: () =>
        sampleContents.forEach((content) => hidesSecrets(kit.secrets, channel.render(message(content), kit.config))),
    },
  ]

  async function sendWith(answers: readonly HttpResponse[]) {
    const sample = kit.sample ?? { type: 'text', text: 'Hello', markup: 'none' }
    const rendered = channel.render(message(sample), kit.config)
    ok(rendered.kind === 'parts')
    const context = testContext(kit.config, { http: scriptedHttp(answers).http, now: () => kit.now })
    const result = await channel.send(rendered.parts[0], context)
    return { result, seen: [result, context.logged] }
  }
}

/** Files as the server hands them to `render`, which has converted them to a type that the channel takes. */
function asConverted<Config>(
  content: OutgoingMessage['content'],
  { capabilities }: Channel<Config>,
): OutgoingMessage['content'] {
  if (!('attachment' in content)) return content
  const { mimes, convertTo } = capabilities.attachments[content.type] ?? {}
  if (!convertTo || mimes?.includes(content.attachment.mime)) return content
  return { ...content, attachment: { ...content.attachment, mime: convertTo } }
}

function hidesSecrets(secrets: readonly string[], seen: unknown): void {
  const text = JSON.stringify(seen)
  deepEqual(
    secrets.filter((secret) => text.includes(secret)).map((secret) => secret.slice(0, 3)),
    [],
  )
}
