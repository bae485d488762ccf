import { readdir } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createAttachments } from './attachment-service.ts'
import { setUpAttachments } from './attachment-testing.ts'

const subject = await setUpAttachments()
const { db, samples, queue, changes, deps, attachments, upload, receiveSample, rowOf, blobsOf, readMedia } = subject

describe('processing', () => {
  it('a voice note becomes playable; a second run changes nothing', async () => {
    const id = await receiveSample('voice.amr')
    expect(queue).toEqual([id])
    await attachments.process(id)
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'ready', mime: 'audio/amr', variants: { view: { mime: 'audio/mp4' } } })
    expect(row?.durationMs).toBeGreaterThan(1900)
    expect(changes.map(({ attachment }) => attachment.state)).toEqual(['ready'])
    await attachments.process(id)
    expect(await rowOf(id)).toEqual(row)
    expect(await blobsOf(id)).toHaveLength(2)
    expect(await readdir(deps.scratchFolder)).toEqual([])
  })

  it('two runs at once leave one result and no stray bytes', async () => {
    const id = await receiveSample('clip.avi')
    await Promise.all([attachments.process(id), attachments.process(id)])
    const row = await rowOf(id)
    const keys = [row?.storageKey, row?.variants.view?.key, row?.variants.thumbnail?.key]
    expect(new Set(await blobsOf(id))).toEqual(new Set(keys))
    expect(await deps.storage.stat(row?.variants.view?.key ?? '')).toEqual({ bytes: row?.variants.view?.bytes })
    expect(changes.filter(({ attachment }) => attachment.state === 'ready')).toHaveLength(1)
  })

  it('works where blobs are not files, as in S3', async () => {
    const id = await receiveSample('voice.amr')
    await createAttachments({ ...deps, storage: { ...deps.storage, localPath: undefined } }).process(id)
    expect(await rowOf(id)).toMatchObject({ state: 'ready', variants: { view: { mime: 'audio/mp4' } } })
    expect(await readdir(deps.scratchFolder)).toEqual([])
  })

  it('a picture is withheld until its place is taken out, also from saving', async () => {
    const exif = { IFD0: { Make: 'PlantedPhone' }, IFD3: { GPSLatitude: '39/1 54/1 15/1', GPSLatitudeRef: 'N' } }
    const photo = await sharp({ create: { width: 800, height: 20, channels: 3, background: 'red' } })
      .jpeg()
      .withExif(exif)
      .toBuffer()
    const { id, links, state } = await attachments.receive(upload(photo, { name: 'IMG_1.jpg' }))
    expect({ state, view: links.view }).toEqual({ state: 'processing', view: null })
    await expect(readMedia(links.download)).rejects.toMatchObject({ code: 'attachment-not-ready' })
    await attachments.process(id)
    const [ready] = changes
    for (const link of [
      ready?.attachment.links.download,
      ready?.attachment.links.view,
      ready?.attachment.links.thumbnail,
    ]) {
      const { status, headers, bytes } = await readMedia(link ?? '')
      expect(status).toBe(200)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['content-disposition']?.startsWith(link?.includes('original') ? 'attachment' : 'inline')).toBe(
        true,
      )
      expect(bytes?.length).toBe(Number(headers['content-length']))
      expect(bytes?.toString('latin1')).not.toContain('Planted')
    }
    expect(await blobsOf(id)).toHaveLength(2)
  })

  it('a video keeps what was uploaded, and is sent in parts', async () => {
    const id = await receiveSample('clip.mov')
    await attachments.process(id)
    const links = changes.at(-1)?.attachment.links
    expect((await readMedia(links?.download ?? '')).bytes).toEqual(await samples.read('clip.mov'))
    const whole = await readMedia(links?.view ?? '')
    expect(whole.headers).toMatchObject({ 'content-type': 'video/mp4' })
    const part = await readMedia(links?.view ?? '', { range: 'bytes=100-299' })
    expect(part).toMatchObject({ status: 206, bytes: whole.bytes?.subarray(100, 300) })
  })

  it('what cannot be played can still be saved; what cannot be cleaned cannot', async () => {
    const video = await samples.read('clip.mp4')
    const cut = await attachments.receive(upload(video.subarray(0, video.length / 2), { name: 'a.mp4' }))
    const png = await sharp({ create: { width: 99, height: 99, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const broken = await attachments.receive(upload(png.subarray(0, 120), { name: 'a.png' }))
    for (const id of [cut.id, broken.id]) await attachments.process(id)
    expect(changes.map(({ attachment }) => [attachment.state, attachment.failure])).toEqual([
      ['failed', 'undecodable'],
      ['failed', 'undecodable'],
    ])
    expect((await readMedia(cut.links.download)).status).toBe(200)
    await expect(readMedia(broken.links.download)).rejects.toMatchObject({ code: 'attachment-not-found' })
  })

  it('shutdown stops the work without blame; it runs again later', async () => {
    const id = await receiveSample('long.avi')
    const stop = new AbortController()
    const running = attachments.process(id, stop.signal)
    setTimeout(() => stop.abort(), 300)
    await expect(running).rejects.toThrow(/abort/i)
    expect(await rowOf(id)).toMatchObject({ state: 'processing', attempts: 0 })
    expect(await readdir(deps.scratchFolder)).toEqual([])
    await attachments.process(id)
    expect(await rowOf(id)).toMatchObject({ state: 'ready' })
    const progress = changes.map(({ attachment }) => attachment.progress)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(100)
  }, 60_000)

  it('a file that takes the process down three times is given up', async () => {
    const id = await receiveSample('voice.mp3')
    await db.updateTable('attachments').set({ attempts: 3 }).where('id', '=', id).execute()
    await attachments.process(id)
    expect(await rowOf(id)).toMatchObject({ state: 'failed', failure: 'gave-up' })
  })

  it('an unreachable storage is no fault of the file', async () => {
    const id = await receiveSample('voice.amr')
    const down = { ...deps, storage: { ...deps.storage, put: () => Promise.reject(new Error('storage is down')) } }
    await expect(createAttachments(down).process(id)).rejects.toThrow('storage is down')
    expect(await rowOf(id)).toMatchObject({ state: 'processing', attempts: 0 })
  })
})
