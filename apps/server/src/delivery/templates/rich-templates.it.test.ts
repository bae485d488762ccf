import type { MessageTemplate, TemplateDraft } from '@qiao/protocol'
import sharp from 'sharp'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { startCompany } from '../../testing/company.ts'
import { connectSimulator, startSimulator } from '../../testing/connect-simulator.ts'
import { until } from '../../testing/parrot-company.ts'

vi.setConfig({ testTimeout: 60_000 })
const port = await freePort()
const company = await startCompany({
  QIAO_ROLES: 'web,worker',
  PORT: String(port),
  QIAO_URL: `http://127.0.0.1:${port}`,
})
const { must, call, admin, agent } = company

/** Through all that there is between an agent's hand and a customer's phone. */
test('a template with a picture, a name and a link is made, approved, filled in and read by the customer', async () => {
  const simulator = await startSimulator('whatsapp')
  afterAll(() => simulator.stop())
  const { id: inboxId } = await connectSimulator(company, 'whatsapp', simulator)
  const upload = async ({ credentials }: typeof admin, image: Buffer, name: string): Promise<string> => {
    const id = uuidv7()
    await must('PUT', `/api/v1/attachments/${id}?name=${name}&inboxId=${inboxId}`, credentials, image)
    return id
  }
  const plain = sharp({ create: { width: 40, height: 30, channels: 3, background: 'green' } })
  const [jpeg, webp] = [await plain.jpeg().toBuffer(), await plain.webp().toBuffer()]

  const path = `/api/v1/inboxes/${inboxId}/templates`
  const draft: TemplateDraft = {
    name: 'tea_ready',
    language: 'zh_CN',
    category: 'utility',
    text: '您好 {{name}}，新茶到了。',
    parameters: ['王先生'],
    head: { type: 'image', attachmentId: await upload(admin, jpeg, 'tea.jpg') },
    footer: '山茶茶业',
    buttons: [
      { kind: 'url', label: '查看', url: 'https://tea.example/{{1}}', example: 'https://tea.example/42' },
      { kind: 'reply', label: '不用了' },
    ],
  }
  // Nobody shows the reviewers another one's file.
  const theirs = await upload(agent, jpeg, 'other.jpg')
  const stolen = { ...draft, head: { type: 'image', attachmentId: theirs } }
  expect(await call('POST', path, admin.credentials, stolen)).toMatchObject({ code: 'attachment-not-found' })
  expect(await must('POST', path, admin.credentials, draft)).toMatchObject({ problem: null })
  const listed: MessageTemplate = await until(async () => {
    const { templates } = await must('GET', path, agent.credentials)
    return templates.find(({ state }: MessageTemplate) => state === 'approved')
  })
  expect(listed).toMatchObject({
    header: 'image',
    parameters: ['name', 'button2.1'],
    places: [
      { part: 'body', name: 'name', named: true, example: '王先生' },
      { part: 'button', button: 1, does: 'url', example: '42' },
    ],
  })

  const customer = simulator.phone('Wang')
  await customer.say({ type: 'text', text: '茶到了吗' })
  const item = await until(
    async () => (await must('GET', `/api/v1/conversations?view=all&inboxId=${inboxId}`, agent.credentials)).items[0],
  )
  const conversation = `/api/v1/conversations/${item.conversation.id}`
  const content = { type: 'template', name: 'tea_ready', language: 'zh_CN', text: '-' }
  const send = (more: object) =>
    call('POST', `${conversation}/messages`, agent.credentials, {
      clientKey: uuidv7(),
      content: { ...content, ...more },
    })
  // A kind of picture that WhatsApp does not take becomes one that it does.
  const id = await upload(agent, webp, 'tea.webp')
  const header = { type: 'image', attachment: { id, name: 'x', mime: 'image/png', bytes: 1 } }
  expect(await send({ parameters: ['王', '7'] })).toMatchObject({ status: 422, code: 'content-not-sendable' })
  expect(await send({ parameters: ['王\n先生', '7'], header })).toMatchObject({ code: 'content-not-sendable' })
  expect(await send({ parameters: ['王', '7'], header })).toMatchObject({ status: 200 })
  const bubble = await until(() => customer.screen.find(({ mine }) => !mine))
  expect(bubble).toMatchObject({
    text: '您好 王，新茶到了。\n山茶茶业',
    links: ['查看: https://tea.example/7'],
    choices: [{ label: '不用了' }],
  })
  expect(simulator.file?.(bubble.media?.id ?? '')?.mime).toBe('image/jpeg')
  // The timeline has it as it was seen, and its picture belongs to the conversation.
  const { entries } = await must('GET', `${conversation}/entries?limit=50`, agent.credentials)
  const sent = entries.find(({ kind }: { kind: string }) => kind === 'message.sent').body.content
  expect(sent).toMatchObject({
    header: { type: 'image', attachment: { id, name: 'tea.webp' } },
    parts: [
      { part: 'body', text: '您好 王，新茶到了。' },
      { part: 'footer', text: '山茶茶业' },
      { part: 'button', text: '不用了', does: 'reply' },
      { part: 'button', text: '查看', does: 'url', url: 'https://tea.example/7' },
    ],
  })
  const linked = await must('POST', '/api/v1/attachments/links', admin.credentials, { ids: [id] })
  expect(linked.attachments).toHaveLength(1)

  // What the customer presses is a choice on the very message that it stands under, whatever came after that.
  expect(await send({ parameters: ['王', '8'], header, payloads: ['no-thanks'] })).toMatchObject({ status: 200 })
  expect(await send({ parameters: ['王', '9'], header })).toMatchObject({ status: 200 })
  await until(() => customer.screen.filter(({ choices }) => choices).length === 3)
  await customer.act('press-first:不用了')
  await customer.act('press:no-thanks')
  const chosen = async () => {
    const { entries: all } = await must('GET', `${conversation}/entries?limit=50`, agent.credentials)
    const of = (wanted: string) => all.filter(({ kind }: { kind: string }) => kind === wanted)
    return { sent: of('message.sent'), answers: of('message.received').slice(1) }
  }
  await until(async () => (await chosen()).answers.length === 2)
  const { sent: asked, answers } = await chosen()
  const choiceOn = (at: number, optionId: string) => ({
    replyToId: asked[at].id,
    content: { type: 'text', text: '不用了', choice: { menuEntryId: asked[at].id, optionId } },
  })
  expect(answers.map(({ body }: { body: object }) => body)).toMatchObject([
    choiceOn(0, '不用了'),
    choiceOn(1, 'no-thanks'),
  ])
  expect(simulator.refusals).toEqual([])
})
