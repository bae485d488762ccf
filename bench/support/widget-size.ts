import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { inboxSettings, type WidgetConfig, widgetConfig } from '../../packages/protocol/src/inbox.ts'

/** What a visitor's browser fetches, in bytes after gzip. Headers are left out: they depend on the proxy in front. */
export interface WidgetSize {
  closed: number
  opened: number
  files: { name: string; bytes: number; when: 'closed' | 'opened' | 'later' }[]
}

const widgetFolder = join(import.meta.dirname, '../../apps/widget')

/** An inbox as a company would really set it up: its own words in two languages, a form, hours with holidays. */
const typical: WidgetConfig = {
  inbox: { key: 'k3v9x2m7qa', name: 'Camellia Goods' },
  settings: widgetConfig.shape.settings.parse(
    inboxSettings.parse({
      look: { colour: '#8a2f43', logoUrl: 'https://chat.example.com/media/logo.png', launcherText: 'Help' },
      words: {
        en: { title: 'Camellia Goods', greeting: 'Hello. Something to drink, or something to write on?' },
        'zh-CN': {
          title: '山茶集客服',
          greeting: '你好，想喝点什么，还是想写点什么？',
          replyTime: '通常两三分钟内回复。',
        },
      },
      preChat: {
        enabled: true,
        fields: [{ name: 'name', label: 'Your name', type: 'text', required: true }],
        consent: { text: 'I agree that this chat is kept.', linkLabel: 'Privacy', url: 'https://example.com/privacy' },
      },
    }),
  ),
  hours: {
    timeZone: 'Asia/Shanghai',
    alwaysOpen: false,
    weekly: Array.from({ length: 7 }, () => [{ from: 540, to: 1260 }]),
    holidays: [{ date: '2027-02-06', name: 'Spring Festival', intervals: [] }],
  },
  paused: false,
  team: ['Ann', 'Emma', 'Tom'].map((name) => ({ name, avatarUrl: `https://chat.example.com/media/${name}.webp` })),
}

const gzipped = (content: Buffer | string): number => gzipSync(content, { level: 6 }).length

/** Reads what `npm run build -w apps/widget` made. The language that weighs most stands for all. */
export async function measureWidget(dist = join(widgetFolder, 'dist')): Promise<WidgetSize> {
  const page = await readFile(join(dist, 'chat/index.html'), 'utf8')
  const assets = await readdir(join(dist, 'chat/assets'))
  const weigh = async (name: string) => ({ name, bytes: gzipped(await readFile(join(dist, name))) })
  const weighed = await Promise.all(assets.map((name) => weigh(`chat/assets/${name}`)))
  const languages = weighed
    .filter(({ name }) => /\/(zh-cn|zh-tw|en|ja|ko|es|fr|de|pt-br|ru|ar|vi)-[\w-]+\.js$/.test(name))
    .toSorted((a, b) => b.bytes - a.bytes)
  const files: WidgetSize['files'] = [
    { ...(await weigh('widget.js')), when: 'closed' },
    { name: 'config', bytes: gzipped(JSON.stringify(typical)), when: 'closed' },
    { ...(await weigh('chat/index.html')), when: 'opened' },
    ...weighed.map((file) => ({
      ...file,
      when: page.includes(file.name) || file === languages[0] ? ('opened' as const) : ('later' as const),
    })),
  ]
  if (languages.length !== 12) throw new Error(`${languages.length} languages are built instead of 12`)
  const sum = (...parts: string[]) =>
    files.filter(({ when }) => parts.includes(when)).reduce((total, { bytes }) => total + bytes, 0)
  return { closed: sum('closed'), opened: sum('closed', 'opened'), files }
}
