import sharp from 'sharp'
import { hindrances } from '../setup/axe.ts'
import { openMail } from '../setup/mail-inbox.ts'
import { find } from '../setup/routing.ts'
import { expect, test } from '../setup/test.ts'

const picture = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer()

interface Part {
  type: string
  content: Buffer | string
  name?: string
  cid?: string
}

const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`

function mail(fields: Record<string, string>, parts: readonly Part[]): string {
  const lines = parts.flatMap(({ type, content, name, cid }) => [
    '--part',
    `Content-Type: ${type}${type.startsWith('text/') ? '; charset=utf-8' : ''}`,
    ...(name ? [`Content-Disposition: attachment; filename="${word(name)}"`] : []),
    ...(cid ? [`Content-ID: <${cid}>`] : []),
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(content).toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
  ])
  const head = Object.entries({ ...fields, Subject: word(fields['Subject'] ?? '') }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  const typed = ['To: help@shop.example', 'MIME-Version: 1.0', 'Content-Type: multipart/related; boundary="part"', '']
  return [...head, ...typed, ...lines, '--part--', ''].join('\r\n')
}

test('a letter is read with its pictures and files, its history apart, and whoever wrote it first is answered', async ({
  agent,
}) => {
  const shen = await agent('shen')
  const { handOver, simulator } = await openMail(shen, '读信邮箱')
  await handOver(
    mail(
      {
        From: '"Amelia Zhang" <amelia@customers.example>',
        Subject: '壶嘴碎了',
        'Message-ID': '<crack@customers.example>',
      },
      [
        {
          type: 'text/html',
          content:
            '<p>请看照片 <img src="cid:photo" alt="碎了的壶嘴"></p><img src="cid:dot" alt=""><img src="https://shop.invalid/a.png" alt="">' +
            '<div class="gmail_signature"><b>Amelia Zhang</b><br><img src="cid:logo" alt="logo"></div>' +
            '<div>On 5 Jan 2026, at 10:00, Shop &lt;help@shop.example&gt; wrote:</div>' +
            '<blockquote type="cite">已发货<img src="https://shop.invalid/b.png" alt=""></blockquote>',
        },
        { type: 'image/jpeg', name: 'photo.jpg', content: await picture(1280, 960, 'teal'), cid: 'photo' },
        { type: 'image/jpeg', name: 'dot.jpg', content: await picture(1, 1, 'white'), cid: 'dot' },
        { type: 'image/jpeg', name: 'logo.jpg', content: await picture(400, 200, 'navy'), cid: 'logo' },
        { type: 'application/xml', name: '发票.xml', content: '<?xml version="1.0"?><Invoice/>', cid: 'f_invoice' },
        { type: 'application/octet-stream', name: 'viewer.exe', content: 'MZ'.padEnd(200, '\0') },
      ],
    ),
  )
  await find(shen, '请看照片')
  const letter = shen.getByRole('article').last()

  await test.step('plainly: the photo that was meant, each file, and what was not kept', async () => {
    const photos = letter.getByRole('list', { name: '正文中有 1 张图片' })
    await expect(photos.getByRole('img', { name: 'photo.jpg' })).toBeVisible()
    await expect(letter.getByRole('list', { name: '1 个附件' })).toContainText('发票.xml')
    await expect(letter).toContainText('附件“viewer.exe”是程序')
    await photos.getByRole('button').click()
    await expect(shen.getByRole('dialog').getByRole('img', { name: 'photo.jpg' })).toBeVisible()
    await shen.keyboard.press('Escape')
    await expect(shen.getByRole('dialog')).toHaveCount(0)
    expect(await hindrances(shen, 'letter with pictures', { within: '.q-thread' })).toEqual([])
  })

  await test.step('formatted: the signature is below with the history, and one permission is for both', async () => {
    await letter.getByRole('button', { name: '查看原格式' }).click()
    const own = letter.frameLocator('iframe').first()
    await expect(own.getByText('请看照片')).toBeVisible()
    await expect(own.getByText('Amelia Zhang')).toHaveCount(0)
    await letter.getByRole('button', { name: '显示引用的往来内容和签名' }).click()
    const history = letter.frameLocator('.q-mail-history iframe')
    await expect(history.getByText('Amelia Zhang')).toHaveCount(1)
    await expect(letter.getByText('Amelia Zhang', { exact: true })).toHaveCount(1)
    await expect(letter.getByRole('status')).toHaveCount(2)
    await letter.getByRole('button', { name: '显示图片' }).last().click()
    await expect(letter.getByRole('status')).toHaveCount(0)
    await expect(own.locator('img[data-remote]')).toHaveAttribute('src', /^\/media\/remote/)
    await expect(history.locator('img[data-remote]')).toHaveAttribute('src', /^\/media\/remote/)
    await letter.getByRole('button', { name: 'Amelia Zhang' }).click()
    await letter.getByRole('button', { name: 'Amelia Zhang' }).click()
    await expect(letter.frameLocator('iframe').first().locator('img[data-remote]')).toHaveAttribute('src', /remote/)
    await letter.getByRole('button', { name: '查看纯文本' }).click()
  })

  await test.step('passed on: who wrote first is named with their address and answered', async () => {
    const ben = simulator.phone('Ben')
    const words =
      `又是这位\n\n---------- Forwarded message ----------\nFrom: Ben Li <${ben.address}>\n` +
      'Date: Mon, 5 Jan 2026 10:00\nSubject: 茶在哪里？\nTo: boss@partner.example\n\n从五月等到现在'
    const fields = {
      From: '"Boss" <boss@partner.example>',
      Subject: 'Fwd: 茶在哪里？',
      'Message-ID': '<fwd@partner.example>',
    }
    await handOver(mail(fields, [{ type: 'text/plain', content: words }]))
    await find(shen, '又是这位')
    const passedOn = shen.getByRole('article').last()
    await expect(passedOn).toContainText(`原发件人：Ben Li <${ben.address}>`)
    await passedOn.getByRole('button', { name: '回复原发件人' }).click()
    const writing = shen.getByRole('region', { name: '回复原发件人' })
    await expect(writing.getByRole('list', { name: '收件人' })).toContainText('Ben Li')
    await expect(writing).not.toContainText('又是这位')
    expect(await hindrances(shen, 'answer to who wrote first', { within: '.q-thread' })).toEqual([])
    await writing.getByRole('textbox', { name: '邮件正文' }).fill('周五送到')
    await writing.getByRole('textbox', { name: '邮件正文' }).press('Control+Enter')
    await shen.getByRole('button', { name: '立即发送' }).click()
    await expect.poll(() => ben.screen.at(-1)?.text).toContain('周五送到')
    expect(ben.screen.at(-1)?.text).not.toContain('又是这位')
    const sent = shen.getByRole('article').last()
    await expect(sent).toContainText('周五送到')
    await expect(sent).toContainText('Ben Li')
  })
  await simulator.stop()
})
