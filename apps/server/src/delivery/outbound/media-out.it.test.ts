import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { EntryOf } from '@qiao/protocol'
import sharp from 'sharp'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { bundledFfmpeg } from '#attachments'
import { sampleMedia } from '../../modules/attachments/sample-media.ts'
import { parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'

vi.setConfig({ testTimeout: 120_000 })
const samples = await sampleMedia()
afterAll(() => samples.close())
const channel = parrotWith({
  sends: ['text', 'image', 'audio', 'video', 'file'],
  attachments: {
    image: { mimes: ['image/jpeg'], bytes: 40_000, caption: 0, convertTo: 'image/jpeg' },
    audio: { mimes: ['audio/amr'], bytes: 50_000, caption: 0, durationMs: 3_000, convertTo: 'audio/amr' },
    video: { mimes: ['video/mp4'], bytes: 30_000, caption: 0, convertTo: 'video/mp4' },
    file: { mimes: ['application/pdf'], bytes: 10, caption: 0 },
  },
})
const company = await startParrotCompany({ channel })
const { provider, must, call, agent, db } = company

async function customer(address: string): Promise<string> {
  await company.say(address, 'hello', { id: uuidv7() })
  return until(() => company.conversationOf(address))
}
type Kind = 'image' | 'audio' | 'video' | 'file'
async function send(conversationId: string, type: Kind, name: string, content: Buffer) {
  const id = uuidv7()
  const query = new URLSearchParams({ conversationId, name })
  await must('PUT', `/api/v1/attachments/${id}?${query.toString()}`, agent.credentials, content)
  await until(async () => {
    const { attachments } = await must('POST', '/api/v1/attachments/links', agent.credentials, { ids: [id] })
    return attachments[0].state === 'ready'
  })
  const attachment = { id, name, mime: 'application/octet-stream', bytes: 1 }
  const body = { clientKey: uuidv7(), content: { type, attachment } }
  return call('POST', `/api/v1/conversations/${conversationId}/messages`, agent.credentials, body)
}
const filesTo = (address: string) =>
  provider.sent.filter(({ to }) => to === address).flatMap(({ files }) => files ?? [])
const troubleOf = async (conversationId: string) =>
  (await company.entriesOf(conversationId))
    .filter((entry): entry is EntryOf<'message.sent'> => entry.kind === 'message.sent')
    .map((entry) => entry.revision?.outgoing?.problem)

test('what the channel does not take is converted once: a try that failed is repeated with the same bytes and link', async () => {
  const id = await customer('7001')
  provider.faults.push(500, 500)
  expect((await send(id, 'audio', 'note.m4a', await samples.read('voice.m4a'))).status).toBe(200)
  const transparent = { create: { width: 900, height: 600, channels: 4, background: '#ff000080' } } as const
  await send(id, 'image', 'cup.png', await sharp(transparent).png().toBuffer())
  await until(() => filesTo('7001').length === 2)
  expect(filesTo('7001')).toMatchObject([
    { mime: 'audio/amr', name: 'note.amr' },
    { mime: 'image/jpeg', name: 'cup.jpg' },
  ])
  // A provider that fetches instead gets the same.
  const [voice] = provider.sent.filter(({ to }) => to === '7001')
  const fetched = await fetch(company.url + new URL(voice?.audio ?? '').pathname + new URL(voice?.audio ?? '').search)
  const bytes = Buffer.from(await fetched.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(voice?.files?.[0]?.sha256)
  const made = await db.selectFrom('attachments').select('id').where('derived_from', 'is not', null).execute()
  expect(made).toHaveLength(2)
  // In the thread it is what the agent sent.
  const sent = (await company.entriesOf(id)).filter((entry) => entry.kind === 'message.sent')
  expect(sent).toMatchObject([
    { body: { content: { attachment: { mime: 'audio/mp4', name: 'note.m4a' } } } },
    { body: { content: { attachment: { mime: 'image/png' } } } },
  ])
})

test('what cannot be made to fit is told before anything is sent, at once where it can be known', async () => {
  const id = await customer('7002')
  const long = await samples.read('long.avi')
  expect((await send(id, 'video', 'long.avi', long)).status).toBe(200)
  await until(async () => (await troubleOf(id))[0])
  expect(await troubleOf(id)).toMatchObject([
    { code: 'too-large', detail: 'long.avi cannot be made smaller than 29 KB' },
  ])
  const path = `${samples.folder}/five.mp3`
  await promisify(execFile)(bundledFfmpeg, ['-v', 'error', '-f', 'lavfi', '-i', 'sine=f=440:d=5', path])
  const refused = await send(id, 'audio', 'five.mp3', await readFile(path))
  expect(refused).toMatchObject({ status: 413, code: 'attachment-too-large' })
  expect(refused.body.detail).toContain('3 s at most')
  expect(filesTo('7002')).toEqual([])
  const { limits } = await must('GET', `/api/v1/conversations/${id}/reply-policy`, agent.credentials)
  expect(limits.attachments.audio).toMatchObject({ convertTo: 'audio/amr', durationMs: 3_000, bytes: 50_000 })
})
