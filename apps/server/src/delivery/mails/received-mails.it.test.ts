import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { compose, startCourierCompany } from '../../testing/courier-company.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const company = await startCourierCompany()
const { must, call, write, agent, reply, posted } = company
const from = '"Wang Fang" <fang@example.com>'

test('a file is within the words only where the words show it: programs give a Content-ID to ordinary files, too', async () => {
  const { body } = await write({
    from,
    subject: 'Gmail',
    html: '<p>See <img src="cid:shown@x"> and <a href="cid:f_scan">the scan</a></p><blockquote><img src="cid:old"></blockquote>',
    attachments: [
      { filename: 'list.txt', content: 'one\ntwo\n', cid: 'f_list', contentDisposition: 'attachment' },
      { filename: 'scan.png', content: png, cid: 'f_scan', contentDisposition: 'attachment' },
      { filename: 'shown.png', content: png, cid: 'shown@x' },
      { filename: 'old.png', content: png, cid: 'old' },
    ],
  })
  if (body.content.type !== 'mail') throw new Error('no mail')
  expect(body.content.attachments.map(({ name, cid }) => [name, cid])).toEqual([
    ['list.txt', undefined],
    ['scan.png', undefined],
    ['shown.png', 'shown@x'],
    ['old.png', 'old'],
  ])
  const { html, quotedHtml } = await must('GET', `/api/v1/mail-bodies/${body.content.bodyId}`, agent.credentials)
  expect(html).toContain('<img src="/media/')
  expect(quotedHtml).toContain('<img src="/media/')
})

test('a signature is kept beside the words in both forms, and goes along when they are quoted', async () => {
  const { body, conversationId, id } = await write({
    from,
    subject: 'Signature',
    text: 'Hello\n\n-- \nWang Fang, Sales',
    html: `<p>Hello</p><div class="gmail_signature"><b>Wang Fang</b>, Sales <img src="cid:logo"></div>`,
    attachments: [{ filename: 'logo.png', content: png, cid: 'logo' }],
  })
  if (body.content.type !== 'mail') throw new Error('no mail')
  expect(body.content.attachments).toMatchObject([{ name: 'logo.png', cid: 'logo' }])
  const kept = await must('GET', `/api/v1/mail-bodies/${body.content.bodyId}`, agent.credentials)
  expect(kept).toMatchObject({ html: '<p>Hello</p>', signature: '--\nWang Fang, Sales' })
  expect(kept.signatureHtml).toMatch(/^<div><b>Wang Fang<\/b>, Sales <img src="\/media\//)
  const path = `/api/v1/conversations/${conversationId}/mail-start?entryId=${id}`
  const { quotedHtml } = await must('GET', path, agent.credentials)
  expect(quotedHtml).toContain('<p>Hello</p><br /><div><b>Wang Fang</b>')
})

test('a letter keeps files of any type to be saved, but no programs; they are passed on as they came', async () => {
  const nested = await compose({ from: 'li@example.com', subject: 'Inner', html: '<script>x()</script><p>hi</p>' })
  const attachments = [
    { filename: 'smime.p7s', content: Buffer.from('3080060b2a864886f70d010702', 'hex') },
    { filename: 'invoice.xml', content: '<?xml version="1.0"?><Invoice/>' },
    { filename: 'page.html', content: '<html><script>alert(1)</script></html>' },
    { filename: 'Inner', content: nested, contentType: 'message/rfc822' },
    { filename: 'bill.pdf.js', content: 'WScript.Shell' },
    { filename: 'large.bin', content: Buffer.alloc(100_001, 1) },
  ]
  const { inboxes } = await must('GET', '/api/v1/inboxes', company.admin.credentials)
  const inbox = inboxes.find((one: { id: string }) => one.id === company.inbox.id)
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, company.admin.credentials, {
    version: inbox.version,
    settings: { ...inbox.settings, attachments: { ...inbox.settings.attachments, maxBytes: 100_000 } },
  })
  const { body, conversationId, id } = await write({ from, subject: 'Any', text: 'see below', attachments })
  const { content } = body
  if (content.type !== 'mail') throw new Error('no mail')
  expect(content.attachments.map(({ name, kind, mime }) => [name, kind, mime])).toEqual(
    ['smime.p7s', 'invoice.xml', 'page.html', 'Inner.eml'].map((name) => [name, 'file', 'application/octet-stream']),
  )
  expect(content.warnings).toEqual(['file-type-refused', 'file-too-large'])
  expect(content.missedFiles).toEqual([
    { name: 'bill.pdf.js', why: 'type-refused' },
    { name: 'large.bin', why: 'too-large' },
  ])
  const ids = content.attachments.map((file) => file.id)
  const linked = await must('POST', '/api/v1/attachments/links', agent.credentials, { ids })
  const page = linked.attachments.find(({ name }: { name: string }) => name === 'page.html')
  expect(page.links).toMatchObject({ view: null, thumbnail: null })
  const saved = await fetch(company.url + page.links.download)
  expect(await saved.text()).toBe('<html><script>alert(1)</script></html>')
  expect(Object.fromEntries(saved.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringMatching(/^attachment; filename="page\.html"/),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })

  const start = await must(
    'GET',
    `/api/v1/conversations/${conversationId}/mail-start?entryId=${id}&kind=forward`,
    agent.credentials,
  )
  const mail = { type: 'mail', subject: start.subject, from: null, text: 'for you', attachments: start.attachments }
  expect((await reply(conversationId, { ...mail, to: [{ name: '', address: 'any@example.com' }] })).status).toBe(200)
  const letter = await posted(({ to }) => to.includes('any@example.com'))
  expect(letter.files.map(({ name }) => name)).toEqual(content.attachments.map(({ name }) => name))
  // Nobody uploads them in a chat.
  const upload = `/api/v1/attachments/${uuidv7()}?conversationId=${conversationId}&name=page.html`
  expect(await call('PUT', upload, agent.credentials, Buffer.from('<html>'))).toMatchObject({
    code: 'attachment-kind-refused',
  })
})

test('who wrote first is answered where their letter was passed on, without what was said between', async () => {
  const received = await write({
    from: 'boss@example.com',
    subject: 'Fwd: Where is my tea?',
    text:
      'This one again\n\n---------- Forwarded message ----------\nFrom: Amelia Zhang <Amelia@customers.example>\n' +
      'Date: Mon, 5 Jan 2026 10:00\nSubject: Where is my tea?\nTo: boss@example.com\n\nI wait since May',
  })
  const { conversationId, id } = received
  const path = `/api/v1/conversations/${conversationId}/mail-start?kind=reply-original&entryId=`
  expect(await must('GET', path + id, agent.credentials)).toMatchObject({
    to: [{ name: 'Amelia Zhang', address: 'amelia@customers.example' }],
    cc: [],
    subject: 'Where is my tea?',
    quotedHtml: null,
    attachments: [],
  })
  const plain = await write({ from, subject: 'Plain', text: 'hello' })
  const nobody = await call('GET', path.replace(conversationId, plain.conversationId) + plain.id, agent.credentials)
  expect(nobody.code).toBe('invalid-input')
})
