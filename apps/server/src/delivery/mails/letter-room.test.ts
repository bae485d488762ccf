import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createLetterRoom } from './letter-room.ts'

const letter = (bytes: number): PassThrough => new PassThrough().end(Buffer.alloc(bytes, 'x'))

test('letters that are not stored yet leave less room; who finds none is asked to come again, and does', async () => {
  const take = createLetterRoom(1_000)
  const storing = Promise.withResolvers<void>()
  const first = take(letter(700), () => storing.promise)
  await expect(take(letter(400), async () => undefined)).rejects.toMatchObject({ responseCode: 452 })
  await take(letter(300), async () => undefined)
  storing.resolve()
  await first
  let stored = 0
  await take(letter(1_000), async (raw) => void (stored = raw.length))
  expect(stored).toBe(1_000)
})

test('a letter that was refused, cut off or not stored takes no room', async () => {
  const take = createLetterRoom(1_000)
  const tooLarge = Object.assign(letter(900), { sizeExceeded: true })
  await expect(take(tooLarge, async () => undefined)).rejects.toMatchObject({ responseCode: 552 })
  const cutOff = new PassThrough()
  cutOff.write(Buffer.alloc(900))
  const cut = take(cutOff, async () => undefined)
  setImmediate(() => cutOff.destroy(new Error('gone')))
  await expect(cut).rejects.toThrow('gone')
  await expect(take(letter(900), () => Promise.reject(new Error('the disk is full')))).rejects.toThrow('full')
  await take(letter(1_000), async () => undefined)
})
