import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { hasDovecot } from '../../packages/channels/src/email/testing/dovecot.ts'
import { hasPostfix } from '../../packages/channels/src/email/testing/postfix.ts'
import { openRealMail } from '../setup/real-mail.ts'
import { find } from '../setup/routing.ts'
import { callsOnly, expect, file, test } from '../setup/test.ts'

const words = (page: Page | Locator): Locator => page.getByRole('textbox', { name: '邮件正文' })
const strip = (page: Page): Locator => page.getByRole('list', { name: '尚未发出的邮件' })

test('a letter with a file is passed on to somebody else, and lies in their mailbox', async ({ agent }) => {
  test.skip(!hasDovecot() || !hasPostfix(), 'there is no mail server on this machine')
  test.slow()
  const shen = await agent('shen', callsOnly)
  const boss = 'boss@partner.example'
  const mail = await openRealMail(shen, '真实邮箱', 'help@shop.example', [boss])
  const invoice = await readFile(file('invoice.pdf'))
  try {
    await mail.write({
      from: 'Amelia Hart <amelia@customers.example>',
      subject: '发票金额有误',
      text: '发票金额有误：附件里的发票金额不对，请核对。',
      file: { name: 'invoice.pdf', mime: 'application/pdf', bytes: invoice },
    })
    await shen.goto('/inbox/all')
    await find(shen, '发票金额有误')
    // What a letter can be answered with is there once its inbox is known.
    await expect(shen.getByRole('region', { name: '写信' }).getByRole('button', { name: '转发' })).toBeVisible()
    await shen.locator('.q-thread-scroll').focus()
    await shen.keyboard.press('f')
    await expect(shen.getByRole('combobox', { name: '收件人' })).toBeFocused()
    await expect(shen.getByRole('list', { name: '附件', exact: true })).toContainText('invoice.pdf')
    await shen.keyboard.type(boss)
    await shen.keyboard.press('Enter')
    await words(shen).fill('请财务看一下')
    await words(shen).press('Control+Enter')
    await shen.getByRole('button', { name: '立即发送' }).click()
    await expect(strip(shen)).toHaveCount(0)
    await expect.poll(async () => (await mail.mailsOf(boss)).length, { timeout: 60_000 }).toBe(1)
    const [got] = await mail.mailsOf(boss)
    expect(got?.subject).toContain('转发：发票金额有误')
    expect(got?.from?.address).toBe('help@shop.example')
    expect(got?.text).toContain('请财务看一下')
    expect(got?.text).toContain('附件里的发票金额不对')
    expect(got?.attachments.map(({ filename, bytes }) => [filename, bytes])).toEqual([['invoice.pdf', invoice.length]])
  } finally {
    await mail.stop()
  }
})
