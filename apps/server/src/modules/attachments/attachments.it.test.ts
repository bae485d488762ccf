import { mkdir, readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { describe, expect, it } from 'vitest'
import { setUpAttachments } from './attachment-testing.ts'
import { tieToConversations } from './tie-to-conversations.ts'
import { describeForMessage } from './use-attachment.ts'

const subject = await setUpAttachments()
const { db, pool, samples, uploader, clock, queue, changes, deps, attachments, upload } = subject
const { receiveSample, rowOf, blobsOf, readMedia } = subject
const text = Buffer.from('Where is my order?\n')

describe('use in messages', () => {
  it('only the uploader, only as what it is, only in one conversation', async () => {
    const { id } = await attachments.receive(upload(text, { name: 'a.txt' }))
    const use = { id, kind: 'file' as const, uploader }
    expect(await describeForMessage(db, use)).toEqual({ id, name: 'a.txt', mime: 'text/plain', bytes: text.length })
    const stranger = describeForMessage(db, { ...use, uploader: { agentId: uuidv7() } })
    await expect(stranger).rejects.toMatchObject({ code: 'attachment-not-found' })
    const asImage = describeForMessage(db, { ...use, kind: 'image' })
    await expect(asImage).rejects.toMatchObject({ code: 'attachment-kind-refused' })
    const [first, second] = [uuidv7(), uuidv7()]
    await tieToConversations(pool, [{ attachmentId: id, conversationId: first }])
    await tieToConversations(pool, [{ attachmentId: id, conversationId: second, internal: true }])
    expect(await rowOf(id)).toMatchObject({ conversationId: first, internal: false })
  })

  it('whoever watches the conversation is told, but of a note only its writer', async () => {
    const agentId = uuidv7()
    const [shown, noted] = [await receiveSample('voice.amr'), uuidv7()]
    await attachments.receive(upload(await samples.read('voice.amr'), { id: noted, uploader: { agentId } }))
    const conversationId = uuidv7()
    await tieToConversations(pool, [
      { attachmentId: shown, conversationId },
      { attachmentId: noted, conversationId, internal: true },
    ])
    for (const id of [shown, noted]) await attachments.process(id)
    expect(changes).toMatchObject([
      { conversationId, agentId: null, contactId: uploader.contactId, attachment: { id: shown } },
      { conversationId: null, agentId, contactId: null, attachment: { id: noted } },
    ])
  })

  it('what a message is about to use is never swept, and what nobody used is', async () => {
    const [used, described, unused, fresh] = await Promise.all(
      [text, text, text, text].map((content) => attachments.receive(upload(content))),
    )
    const use = { kind: 'file' as const, uploader }
    await tieToConversations(pool, [{ attachmentId: used?.id ?? '', conversationId: uuidv7() }])
    await describeForMessage(db, { ...use, id: described?.id ?? '' })
    await db
      .updateTable('attachments')
      .set({ created_at: new Date(clock.now().getTime() + 3_600_000) })
      .where('id', '=', fresh?.id ?? '')
      .execute()
    clock.advance(24 * 3_600_000 + 1000)
    expect(await attachments.sweep()).toEqual({ removed: 1, woken: 0 })
    expect(await attachments.sweep()).toEqual({ removed: 0, woken: 0 })
    expect(await blobsOf(unused?.id ?? '')).toEqual([])
    const conversationId = uuidv7()
    await tieToConversations(pool, [{ attachmentId: described?.id ?? '', conversationId }])
    expect(await rowOf(described?.id ?? '')).toMatchObject({ conversationId })
  })

  it('a file whose job was lost is woken', async () => {
    const id = await receiveSample('voice.mp3')
    queue.length = 0
    clock.advance(3 * 3_600_000)
    expect(await attachments.sweep()).toMatchObject({ woken: 1 })
    expect(queue).toEqual([id])
  })

  it('scratch folders of killed processes go, those in use stay', async () => {
    for (const name of ['media-old', 'media-new']) await mkdir(join(deps.scratchFolder, name), { recursive: true })
    const old = new Date(clock.now().getTime() - 25 * 3_600_000)
    await utimes(join(deps.scratchFolder, 'media-old'), old, old)
    await utimes(join(deps.scratchFolder, 'media-new'), clock.now(), clock.now())
    await attachments.sweep()
    expect(await readdir(deps.scratchFolder)).toEqual(['media-new'])
  })

  it('erasing a person erases the bytes', async () => {
    const mine = await attachments.receive(upload(text))
    const other = await attachments.receive(upload(text, { uploader: { contactId: uuidv7() } }))
    expect(await attachments.delete(uploader)).toBe(1)
    expect([await rowOf(mine.id), await blobsOf(mine.id)]).toEqual([undefined, []])
    expect(await blobsOf(other.id)).toHaveLength(1)
  })
})

describe('links', () => {
  it('forged or expired open nothing', async () => {
    const { links } = await attachments.receive(upload(text))
    await expect(readMedia(links.download.replace('original', 'view'))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(readMedia(links.download.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).rejects.toMatchObject({
      code: 'forbidden',
    })
    clock.advance(21 * 60_000)
    await expect(readMedia(links.download)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
