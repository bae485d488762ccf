import { once } from 'node:events'
import { createServer } from 'node:http'
import { hostileMails } from '../../packages/mail/src/testing/hostile-mails.ts'
import { hindrances } from '../setup/axe.ts'
import { openMail } from '../setup/mail-inbox.ts'
import { find } from '../setup/routing.ts'
import { callsOnly, expect, test } from '../setup/test.ts'

/** Counts who asks for its pictures. */
async function startTracker() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The tracker has no port')
  return { url: `http://127.0.0.1:${address.port}`, asked, stop: () => server.close() }
}

const html = (tracker: string): string => `<!doctype html><html><head>
<meta http-equiv="refresh" content="0;url=${tracker}/refresh"><base href="${tracker}/">
<link rel="stylesheet" href="${tracker}/style.css"><style>@import url(${tracker}/import.css); body { background: url(${tracker}/ground.png) }
.over { position: fixed; inset: 0; z-index: 9999 }</style>
<script>top.hacked = 1; alert(1)</script></head><body onload="top.hacked = 2">
<p>Your account will be closed</p>
<img src="${tracker}/pixel.gif" width="1" height="1"><img src="x" onerror="top.hacked = 3">
<img src="cid:nobody@has.this"><img srcset="${tracker}/set.png 1x">
<svg onload="top.hacked = 4"><image href="${tracker}/svg.png"/></svg>
<iframe src="${tracker}/frame"></iframe><object data="${tracker}/object"></object><video src="${tracker}/video" autoplay></video>
<form action="${tracker}/form"><input name="password" autofocus onfocus="top.hacked = 5"><button>Sign in</button></form>
<a href="javascript:top.hacked = 6">your account</a> <a class="over" href="${tracker}/link">here</a>
<table background="${tracker}/table.png"><tr><td style="background-image:url(${tracker}/cell.png)">now</td></tr></table>
</body></html>`

test('a mail that deceives, tracks and attacks is shown without any of it, and says what is wrong', async ({
  agent,
}) => {
  const shen = await agent('shen')
  const dialogs: string[] = []
  shen.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  const { handOver, simulator } = await openMail(shen, '可疑邮件')
  const tracker = await startTracker()
  await handOver(
    [
      'From: "service@shop.example" <service@sh0p.example>',
      'Reply-To: collect@elsewhere.example',
      'To: help@shop.example',
      'Subject: Your account <script>top.hacked = 7</script>',
      'Message-ID: <hostile@sh0p.example>',
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=utf-8',
      '',
      html(tracker.url),
    ].join('\r\n'),
  )
  await shen.goto('/inbox')
  await find(shen, 'Your account will be closed')
  const letter = shen.getByRole('article').last()
  await expect(shen.getByText('身份已验证')).toHaveCount(0)
  await expect(letter).toContainText('发件人名称写成了另一个邮箱地址')
  await expect(letter).toContainText('回复会发往与发件人不同的地址')
  await expect(letter).toContainText('发件人地址与常见地址极为相似')
  await expect(shen.getByRole('heading', { name: /Your account <script>/ })).toBeVisible()
  await letter.getByRole('button', { name: /查看原格式/ }).click()
  const frame = letter.frameLocator('iframe').first()
  await expect(frame.getByText('Your account will be closed')).toBeVisible()
  await expect(letter.getByRole('status')).toContainText(/已屏蔽 \d+ 张外部图片/)
  for (const taken of [
    'script',
    'form',
    'input',
    'iframe',
    'object',
    'video',
    'svg',
    'link',
    'base',
    'meta[http-equiv]',
  ])
    await expect(frame.locator(`body ${taken}`), taken).toHaveCount(0)
  const links = await frame.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  expect(links.filter((href) => href?.startsWith('javascript'))).toEqual([])
  // What lies over the letter in it must not lie over the page.
  await expect(letter.getByRole('button', { name: '查看纯文本' })).toBeVisible()
  expect(await hindrances(shen, 'hostile letter', { within: '.q-thread' })).toEqual([])
  await letter.getByRole('button', { name: '查看纯文本' }).click()
  expect(await shen.evaluate(() => Reflect.get(window, 'hacked') ?? null)).toBeNull()
  expect(dialogs).toEqual([])
  expect(tracker.asked).toEqual([])
  tracker.stop()
  await simulator.stop()
})

const heavy = [
  'ten thousand parts',
  'five hundred levels',
  'a quote of a million levels',
  'elements without end',
] as const

test('mails made to cost time and memory come as what can be shown of them, and the desk goes on', async ({
  agent,
}) => {
  test.slow()
  const shen = await agent('shen', callsOnly)
  const { handOver, simulator } = await openMail(shen, '沉重的邮件')
  for (const [index, name] of heavy.entries()) {
    const mail = hostileMails[name]?.() ?? ''
    const own = mail.replace('From: a@b.example', `From: a${index}@b.example`).replace('Subject: s', `Subject: ${name}`)
    await handOver(own)
  }
  await shen.goto('/inbox/all')
  for (const name of heavy) {
    const row = shen.getByRole('list', { name: '会话列表' }).getByRole('link').filter({ hasText: name })
    await row.click()
    await expect(shen.getByRole('heading', { name })).toBeVisible()
    await expect(shen.getByRole('article').last()).toBeVisible()
  }
  await expect(shen.getByRole('heading', { name: heavy[3] })).toBeVisible()
  const first = shen.getByRole('list', { name: '会话列表' }).getByRole('link').filter({ hasText: heavy[0] })
  await first.click()
  await expect(shen.getByRole('article').last()).toContainText('邮件过大，只显示了一部分')
  await simulator.stop()
})
