import { hindrances } from '../setup/axe.ts'
import { openMail } from '../setup/mail-inbox.ts'
import { find } from '../setup/routing.ts'
import { callsOnly, expect, test } from '../setup/test.ts'

interface Made {
  subject: string
  from: string
  to?: string
  method?: string
  sequence?: number
  hour?: string
}
/** As calendars send it. */
function invitationMail({
  subject,
  from,
  to = 'help@shop.example',
  method = 'REQUEST',
  sequence = 0,
  hour = '09',
}: Made) {
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    'UID:tasting-of-journey',
    `SEQUENCE:${sequence}`,
    `DTSTAMP:20300601T00000${sequence}Z`,
    `DTSTART;TZID=W. Europe Standard Time:20300703T${hour}0000`,
    `DTEND;TZID=W. Europe Standard Time:20300703T${hour}3000`,
    'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE',
    `SUMMARY:${subject}`,
    'LOCATION:Tea house\\, 2nd floor',
    `ORGANIZER;CN=Lin:mailto:${from}`,
    `ATTENDEE;CN=Lin;PARTSTAT=ACCEPTED:mailto:${from}`,
    `ATTENDEE;CN=Shop;PARTSTAT=NEEDS-ACTION:mailto:${to}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return [
    `From: Lin <${from}>`,
    'To: help@shop.example',
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '-')}-${method}-${sequence}-${to}>`,
    'Date: Sat, 01 Jun 2030 08:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain',
    '',
    'Will you come?',
    '--x',
    `Content-Type: text/calendar; charset=utf-8; method=${method}`,
    '',
    ...calendar,
    '--x--',
    '',
  ].join('\r\n')
}

test('an invitation is read in one’s own time, accepted with a comment, moved, and called off', async ({ agent }) => {
  test.slow()
  const shen = await agent('shen', callsOnly)
  const { simulator, handOver } = await openMail(shen, '日程邮箱')
  const customer = simulator.phone('lin-invites')
  const from = customer.address
  await handOver(invitationMail({ subject: 'Spring tasting', from }))
  await shen.goto('/inbox')
  await find(shen, 'Spring tasting')
  const card = shen.getByRole('region', { name: '日程邀请: Spring tasting' })
  const answers = card.getByRole('group', { name: '回复邀请' })

  await test.step('the card tells what, when in both zones, how often, where and who', async () => {
    await expect(card.last()).toContainText(/15:00.*15:30/)
    await expect(card.last()).toContainText('Europe/Berlin')
    await expect(card.last()).toContainText('每 2 周重复（周三）')
    await expect(card.last()).toContainText('Tea house, 2nd floor')
    await expect(card.last()).toContainText(from)
    await expect(card.last()).toContainText('未回复')
    expect(await hindrances(shen, 'invitation', { within: '.q-invitation' })).toEqual([])
  })

  await test.step('it is accepted with a comment, and the organiser’s calendar hears of it', async () => {
    await answers.getByRole('button', { name: '附上留言' }).click()
    await answers.getByRole('textbox', { name: '给组织者的留言' }).fill('We bring the cups')
    expect(await hindrances(shen, 'invitation with a comment', { within: '.q-invitation' })).toEqual([])
    await answers.getByRole('button', { name: '接受' }).click()
    await expect(card.getByText(/已接受，/)).toBeVisible()
    await expect.poll(() => customer.screen.at(-1)?.text ?? '').toContain('We bring the cups')
    expect(customer.screen.at(-1)?.text).toContain('已接受邀请。')
    const file = simulator.file?.(customer.screen.at(-1)?.media?.id ?? '')
    const heard = file?.bytes.toString().replaceAll('\r\n ', '') ?? ''
    expect(heard).toContain('METHOD:REPLY')
    expect(heard).toContain('UID:tasting-of-journey')
    expect(heard).toMatch(/ATTENDEE;PARTSTAT=ACCEPTED;CN="Shop":mailto:help@shop\.example/)
    await expect(answers).toHaveCount(0)
    await expect(card.getByRole('button', { name: '更改回复' })).toBeVisible()
  })

  await test.step('a change takes its place and is answered anew', async () => {
    await handOver(invitationMail({ subject: 'Spring tasting', from, sequence: 1, hour: '10' }))
    await expect(card.getByText('之后的邮件更改了这一日程')).toBeVisible()
    await expect(card.last()).toContainText(/16:00.*16:30/)
    await expect(answers).toHaveCount(1)
    await answers.getByRole('button', { name: '谢绝' }).click()
    await expect(card.last().getByText(/已谢绝，/)).toBeVisible()
  })

  await test.step('what their calendar proposes and answers is a sentence, with nothing to answer', async () => {
    await handOver(invitationMail({ subject: 'Spring tasting', from, method: 'COUNTER', sequence: 1, hour: '11' }))
    const proposal = shen.getByRole('region', { name: '提议更改时间: Spring tasting' })
    await expect(proposal).toContainText(/Lin 提议改到：.*17:00.*17:30/)
    await expect(proposal).toContainText(/原定时间：.*16:00.*16:30/)
    await handOver(invitationMail({ subject: 'Spring tasting', from, method: 'REPLY', sequence: 1, hour: '10' }))
    const reply = shen.getByRole('region', { name: '日程回复: Spring tasting' })
    await expect(reply).toContainText('Lin 已接受')
    // What we answered before is told where the plan is.
    await expect(reply).not.toContainText('已谢绝，')
    expect(await hindrances(shen, 'sayings of calendars', { within: '.q-invitation' })).toEqual([])
    for (const each of [proposal, reply]) await expect(each.getByRole('button')).toHaveCount(0)
  })

  await test.step('it is called off', async () => {
    await handOver(invitationMail({ subject: 'Spring tasting', from, sequence: 2, method: 'CANCEL' }))
    await expect(shen.getByRole('region', { name: '日程取消: Spring tasting' })).toBeVisible()
    await shen.getByRole('button', { name: '全部展开' }).click()
    await expect(card.getByText('之后的邮件取消了这一日程')).toHaveCount(2)
    await expect(answers).toHaveCount(0)
  })
})

test('who is not invited cannot answer, and is told so', async ({ agent }) => {
  const shen = await agent('shen', callsOnly)
  const { simulator, handOver } = await openMail(shen, '日程邮箱二')
  const from = simulator.phone('lin-forwards').address
  await handOver(invitationMail({ subject: 'Autumn tasting', from, to: 'somebody@else.example' }))
  const emma = await agent('emma', { locale: 'en-GB', timezoneId: 'Europe/Berlin', at: '/inbox/all' })
  await emma.getByRole('link').filter({ hasText: 'Autumn tasting' }).click()
  const card = emma.getByRole('region', { name: 'Invitation: Autumn tasting' })
  await expect(card).toContainText(/09:00.*09:30/)
  await expect(card).toContainText('Repeats every 2 weeks on Wed')
  await expect(card.getByText('Their time zone')).toHaveCount(0)
  await expect(card.getByText('No address of this inbox is invited, so it cannot be answered here')).toBeVisible()
  await expect(card.getByRole('button')).toHaveCount(0)
  expect(await hindrances(emma, 'invitation of others', { within: '.q-invitation' })).toEqual([])
})
