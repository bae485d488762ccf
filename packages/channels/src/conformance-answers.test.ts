import { expect, test } from 'vitest'
import { answerChecks } from './conformance-answers.ts'
import type { Answers } from './contract.ts'
import { wechat } from './wechat/index.ts'
import { kit } from './wechat/kit.ts'

/** Planted faults of answers to calls; what works has none. */

type WeChatAnswers = Answers<typeof kit.config>
const { webhook } = wechat
if (!webhook?.answers) throw new Error('Its calls can be answered')
const { answers } = webhook
type Accept = typeof webhook.accept
const accept: Accept = (...call) => webhook.accept(...call)

async function caught(changes: Partial<WeChatAnswers>, accepting = accept): Promise<string[]> {
  const faulty = { ...wechat, webhook: { accept: accepting, answers: { ...answers, ...changes } } }
  const names: string[] = []
  for (const check of answerChecks(faulty, kit)) {
    try {
      await check.run()
    } catch {
      names.push(check.name)
    }
  }
  return names
}

test('answers that work are let pass', async () => {
  expect(await caught({})).toEqual([])
})

test.each<[string, RegExp, Partial<WeChatAnswers>]>([
  [
    'it is answered to the account itself',
    /to who called/u,
    {
      respond: (part, { to, account }, ...more) =>
        answers.respond(part, { to: account ?? '', account: to ?? '' }, ...more),
    },
  ],
  [
    'it is left unencrypted',
    /by the rules/u,
    { respond: (part, call, config, now) => answers.respond(part, call, { ...config, encryption: 'plain' }, now) },
  ],
  [
    'the words are lost',
    /by the rules/u,
    { respond: (part, ...more) => answers.respond({ request: { ...part.request, text: { content: '…' } } }, ...more) },
  ],
  [
    'a file is made ready without being handed over',
    /made ready/u,
    { prepare: async ({ request }) => ({ request: { ...request, image: {} } }) },
  ],
  ['files are said to fit', /needs bytes cannot/u, { carries: () => true }],
  ['nothing fits', /text can be an answer/u, { carries: () => false }],
])('%s: caught', async (_fault, by, changes) => {
  expect((await caught(changes)).join()).toMatch(by)
})

test('every call is said to be open: caught', async () => {
  const always: Accept = (request, config, now) => {
    const accepted = accept(request, config, now)
    const call = { to: kit.to, call: { to: kit.to, account: 'gh_1' } }
    return accepted.kind === 'accepted' ? { ...accepted, open: call } : accepted
  }
  expect((await caught({}, always)).join()).toMatch(/cannot be answered/u)
})
