import type { Attachment } from '@qiao/protocol/attachment'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { attachmentOf } from './links.ts'
import { services } from './services.ts'
import { state } from './store.ts'

vi.mock('./services.ts')
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const film = (change: Pick<Attachment, 'state'>): Attachment => ({
  id: 'film',
  kind: 'video',
  name: 'clip.mov',
  mime: 'video/quicktime',
  bytes: 1,
  progress: 98,
  failure: null,
  links: {
    download: '/d',
    view: null,
    thumbnail: null,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  },
  ...change,
})

test('a film whose end of conversion was not heard of is asked for until it is ready', async () => {
  const answers = [film({ state: 'processing' }), film({ state: 'processing' }), film({ state: 'ready' })]
  const links = vi.fn<() => Promise<{ attachments: Attachment[] }>>(async () => ({ attachments: answers.splice(0, 1) }))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this part is used
  vi.mocked(services).mockReturnValue({ api: { links } } as unknown as ReturnType<typeof services>)
  for (let looks = 0; looks < 10; looks += 1) {
    attachmentOf('film')
    await vi.advanceTimersByTimeAsync(4_000)
  }
  expect(state.value.attachments.get('film')?.state).toBe('ready')
  expect(links).toHaveBeenCalledTimes(3)
})
