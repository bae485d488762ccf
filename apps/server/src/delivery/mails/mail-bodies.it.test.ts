import { createServer } from 'node:http'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { startCourierCompany } from '../../testing/courier-company.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const asked: string[] = []
const pictures = createServer(({ url = '' }, response) => {
  asked.push(url)
  if (url === '/moved.png') response.writeHead(302, { location: '/real.png' }).end()
  else if (url === '/real.png') response.writeHead(200, { 'content-type': 'text/plain' }).end(png)
  else response.writeHead(200, { 'content-type': 'image/png' }).end('<svg onload="alert(1)"/>')
})
await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve))
afterAll(() => pictures.close())
const bound = pictures.address()
const elsewhere = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`

const company = await startCourierCompany({ mail: { signature: '<p>{agent}, <b>{inbox}</b></p>' } })
const { must, call, write, agent, outsider, reply, posted } = company
const from = '"Wang Fang" <fang@example.com>'

test('a letter is kept whole: its words in the timeline, its looks and history beside it, its files as files', async () => {
  const entry = await write({
    from,
    subject: 'Tea',
    text: 'Has it arrived?\n\nOn 5 Jan 2026, at 10:00, Shop <help@shop.example> wrote:\n> soon',
    html:
      `<p onclick="x()">Has it <b>arrived</b>?</p><img src="cid:pic"><img src="${elsewhere}/moved.png">` +
      '<div>On 5 Jan 2026, at 10:00, Shop &lt;help@shop.example&gt; wrote:</div><blockquote type="cite">soon</blockquote>',
    attachments: [
      { filename: 'pic.png', content: png, cid: 'pic' },
      { filename: 'list.txt', content: 'one\ntwo\n' },
      { filename: 'run.exe', content: Buffer.from('MZ\u0090\u0000'.padEnd(200, '\u0000'), 'latin1') },
    ],
  })
  const { content } = entry.body
  if (content.type !== 'mail') throw new Error('no mail')
  expect(content).toMatchObject({
    subject: 'Tea',
    from: { name: 'Wang Fang', address: 'fang@example.com' },
    text: 'Has it arrived?',
    trust: 'verified',
    warnings: ['file-type-refused'],
    missedFiles: [{ name: 'run.exe', why: 'type-refused' }],
  })
  expect(content.attachments.map(({ name, kind, cid }) => [name, kind, cid])).toEqual([
    ['pic.png', 'image', 'pic'],
    ['list.txt', 'file', undefined],
  ])
  const path = `/api/v1/mail-bodies/${content.bodyId}`
  const body = await must('GET', path, agent.credentials)
  expect(body).toMatchObject({ text: 'Has it arrived?', remoteImages: 1, hasOriginal: true })
  expect(body.html).toMatch(/^<p>Has it <b>arrived<\/b>\?<\/p><img src="\/media\/[^"]+"[^>]*><img data-remote="[^"]+"/)
  expect(body.quotedHtml).toContain('soon')
  expect(body.html).not.toContain('wrote')

  const original = await fetch(company.url + path + '/original', { headers: agent.credentials })
  expect([original.status, original.headers.get('content-type')]).toEqual([200, 'message/rfc822'])
  expect(await original.text()).toContain('filename=run.exe')
  for (const tail of ['', '/original'])
    expect(await call('GET', path + tail, outsider.credentials)).toMatchObject({ status: 404, code: 'not-found' })
})

test('pictures of others are shown through us, when somebody wants to see them', async () => {
  const { body } = await write({
    from,
    subject: 'Pictures',
    html: `<img src="${elsewhere}/moved.png"><img src="${elsewhere}/evil.png">`,
  })
  const path = `/api/v1/mail-bodies/${'bodyId' in body.content ? body.content.bodyId : ''}`
  await must('GET', path, agent.credentials)
  expect(asked).toEqual([])
  const { html } = await must('GET', `${path}?images=shown`, agent.credentials)
  const links = [...html.matchAll(/ src="([^"]+)"/g)].map(([, link]) => String(link).replaceAll('&amp;', '&'))
  const [good = '', bad = ''] = links
  const shown = await fetch(company.url + good)
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(Buffer.from(await shown.arrayBuffer()).equals(png)).toBe(true)
  await fetch(company.url + good)
  expect(asked.filter((url) => url === '/real.png')).toHaveLength(1)
  expect((await fetch(company.url + bad)).status).toBe(404)
  expect((await fetch(`${company.url}${good}x`)).status).toBe(403)
  expect((await fetch(company.url + good.replace('real', 'other').replace('moved', 'other'))).status).toBe(403)
})

test('an agent’s letter is cleaned, signed, quoted below and sent with its pictures', async () => {
  const received = await write({ from, subject: 'Cups', text: 'Two cups please', cc: 'Li <li@example.com>' })
  const { conversationId, id: entryId } = received
  const start = await must(
    'GET',
    `/api/v1/conversations/${conversationId}/mail-start?entryId=${entryId}&kind=reply-all`,
    agent.credentials,
  )
  expect(start).toMatchObject({
    to: [{ name: 'Wang Fang', address: 'fang@example.com' }],
    cc: [{ name: 'Li', address: 'li@example.com' }],
    subject: 'Cups',
    attachments: [],
    inboxId: company.inbox.id,
    fill: { agent: 'agent', customer: 'Wang Fang', number: expect.stringMatching(/^\d+$/) },
  })
  expect(start.quotedHtml).toContain('Two cups please')
  expect(start.signatureHtml).toBe('<p>agent, <b>Letters</b></p>')

  const attachmentId = uuidv7()
  await must(
    'PUT',
    `/api/v1/attachments/${attachmentId}?conversationId=${conversationId}&name=cup.png&type=image/png`,
    agent.credentials,
    png,
  )
  const body = await must('POST', `/api/v1/conversations/${conversationId}/mail-bodies`, agent.credentials, {
    html: '<p>Here they <i>are</i><script>x()</script></p><img src="cid:cup">',
    quotesEntryId: entryId,
  })
  expect(body).toMatchObject({ text: 'Here they are', signature: 'agent, Letters', hasOriginal: false })
  const own = `/api/v1/mail-bodies/${body.id}`
  expect((await call('GET', own, company.lead.credentials)).status).toBe(404)
  const content = {
    type: 'mail',
    subject: 'Cups',
    from: { name: 'Boss', address: 'boss@shop.example' },
    to: start.to,
    cc: start.cc,
    text: 'something else entirely',
    bodyId: body.id,
    attachments: [{ id: attachmentId, name: 'x', mime: 'x/x', bytes: 1, kind: 'file', cid: 'cup' }],
    trust: 'verified',
  }
  const { body: sent } = await reply(conversationId, content, { replyToId: entryId })
  const said = sent.entries.at(-1).body.content
  expect(said).toMatchObject({ from: null, text: 'Here they are', attachments: [{ kind: 'image', name: 'cup.png' }] })
  expect(said.trust).toBeUndefined()
  const letter = await posted(({ subject }) => subject.includes('Cups'))
  expect(letter).toMatchObject({
    to: ['fang@example.com'],
    cc: ['li@example.com'],
    automatic: false,
    files: [{ name: 'cup.png' }],
  })
  expect(letter.subject).toMatch(/^Re: Cups \[#\d+\]$/)
  expect(letter.html).toMatch(
    /<p>Here they <i>are<\/i><\/p><img src="cid:cup"[^>]*>\n<div class="mail-signature">-- <br \/><p>agent/,
  )
  expect(letter.html).toContain('<blockquote type="cite"')
  expect(letter.text).toMatch(
    /^Here they are\n\n-- \nagent, Letters\n\nOn .*, Wang Fang <fang@example.com> wrote:\n> Two cups please$/,
  )
  expect((await call('GET', own, company.lead.credentials)).status).toBe(200)
  // Somebody else's words are nobody's to send.
  expect((await reply(conversationId, { ...content, bodyId: uuidv7() })).code).toBe('invalid-input')
})

test('an agent’s own signature stands above the inbox’s where it may, also below a plain text', async () => {
  const { conversationId } = await write({ from, subject: 'Signed', text: 'who are you?' })
  const sign = (signature: string) => must('PATCH', '/api/v1/me', agent.credentials, { preferences: { signature } })
  const startOf = () => must('GET', `/api/v1/conversations/${conversationId}/mail-start`, agent.credentials)
  await sign('<p>Ask for {agent} <script>x()</script><b></p>')
  expect((await startOf()).signatureHtml).toBe('<p>Ask for agent <b></b></p>\n<p>agent, <b>Letters</b></p>')
  await reply(conversationId, { type: 'text', text: 'plainly me' })
  const plain = await posted(({ text }) => text.startsWith('plainly me'))
  expect(plain.text).toBe('plainly me\n\n-- \nAsk for agent\n\nagent, Letters')

  const { inboxes } = await must('GET', '/api/v1/inboxes', company.admin.credentials)
  const { id, version, settings } = inboxes.find((inbox: { id: string }) => inbox.id === company.inbox.id)
  await must('PATCH', `/api/v1/inboxes/${id}`, company.admin.credentials, {
    version,
    settings: { ...settings, mail: { ...settings.mail, ownSignatures: false } },
  })
  expect((await startOf()).signatureHtml).toBe('<p>agent, <b>Letters</b></p>')
  await sign('')
})

test('pictures of the history go along with an answer that quotes it, and with no other', async () => {
  const received = await write({
    from,
    subject: 'Crack',
    html: '<p>Look: <img src="cid:crack" alt="a crack"></p>',
    attachments: [
      { filename: 'crack.png', content: png, cid: 'crack' },
      { filename: 'list.txt', content: 'one\n' },
    ],
  })
  const { conversationId, id } = received
  const path = `/api/v1/conversations/${conversationId}`
  const start = await must('GET', `${path}/mail-start?entryId=${id}`, agent.credentials)
  expect(start).toMatchObject({ attachments: [], quotedPictures: [{ cid: 'crack' }] })
  const answer = async (words: string, quote: object) => {
    const body = await must('POST', `${path}/mail-bodies`, agent.credentials, { html: `<p>${words}</p>`, ...quote })
    const mail = { type: 'mail', subject: 'Crack', from: null, to: start.to, text: '-', bodyId: body.id }
    const { body: sent } = await reply(conversationId, mail, { replyToId: id })
    const letter = await posted(({ text }) => text.startsWith(words))
    return { body, letter, said: sent.entries.at(-1) }
  }
  const quoting = await answer('as you see below', { quotesEntryId: id })
  expect(quoting.body.quotedHtml).toMatch(/<img src="\/media\/[^"]+"/)
  expect(quoting.letter.files.map(({ name }) => name)).toEqual(['crack.png'])
  expect(quoting.letter.html).toContain('src="cid:crack"')
  expect(quoting.said.body.content.attachments).toMatchObject([{ name: 'crack.png', cid: 'crack' }])
  const bare = await answer('nothing below', {})
  expect(bare.letter.files).toEqual([])
  // An answer to our answer still shows it.
  const next = await must('GET', `${path}/mail-start?entryId=${quoting.said.id}`, agent.credentials)
  expect(next.quotedPictures).toMatchObject([{ cid: 'crack' }])
})

test('a mail is passed on with its files, and goes nowhere without an address', async () => {
  const received = await write({
    from,
    subject: 'Bill',
    text: 'see below',
    attachments: [{ filename: 'bill.txt', content: '42\n' }],
  })
  const { conversationId, id } = received
  const path = `/api/v1/conversations/${conversationId}/mail-start?entryId=${id}&kind=forward`
  const start = await must('GET', path, agent.credentials)
  expect(start).toMatchObject({ to: [], subject: 'Fwd: Bill', attachments: [{ name: 'bill.txt' }] })
  expect(start.quotedHtml).toContain('Forwarded message')
  const mail = { type: 'mail', subject: start.subject, from: null, text: 'for you', attachments: start.attachments }
  expect((await reply(conversationId, { ...mail, to: [] })).code).toBe('invalid-input')
  expect((await reply(conversationId, { ...mail, to: [{ name: '', address: 'nowhere' }] })).code).toBe('invalid-input')
  const many = Array.from({ length: 51 }, (_, at) => ({ name: '', address: `a${at}@example.com` }))
  expect((await reply(conversationId, { ...mail, to: many })).code).toBe('invalid-input')
  expect((await reply(conversationId, { ...mail, to: [{ name: '', address: 'books@Example.com' }] })).status).toBe(200)
  const letter = await posted(({ to }) => to.includes('books@example.com'))
  expect(letter.files).toEqual([{ name: 'bill.txt', bytes: 3 }])
  // The file is of this conversation alone.
  const other = await write({ from: 'li@example.com', subject: 'Other', text: 'hello' })
  const stolen = await reply(other.conversationId, { ...mail, to: [{ name: '', address: 'me@example.com' }] })
  expect(stolen.code).toBe('attachment-not-found')
})

test('web chats carry no letters', async () => {
  const { conversationId } = await company.visitor()
  const mail = { type: 'mail', subject: 'x', from: null, to: [{ name: '', address: 'a@example.com' }], text: 'x' }
  expect((await reply(conversationId, mail)).code).toBe('content-not-sendable')
  expect((await call('GET', `/api/v1/conversations/${conversationId}/mail-start`, agent.credentials)).code).toBe(
    'content-not-sendable',
  )
})

test('an agent writes first, to an address of which nobody is known', async () => {
  const body = await must('POST', `/api/v1/inboxes/${company.inbox.id}/mail-bodies`, agent.credentials, {
    html: '<p>Good news</p>',
  })
  const attachmentId = uuidv7()
  const upload = `/api/v1/attachments/${attachmentId}?inboxId=${company.inbox.id}&name=news.txt`
  expect((await call('PUT', upload, outsider.credentials, Buffer.from('x\n'))).status).toBe(404)
  await must('PUT', upload, agent.credentials, Buffer.from('good\n'))
  const content = {
    type: 'mail',
    subject: 'News',
    from: null,
    to: [{ name: 'Zhao', address: 'Zhao@example.com' }],
    text: '',
    bodyId: body.id,
    attachments: [{ id: attachmentId, name: 'x', mime: 'x/x', bytes: 1, kind: 'file' }],
  }
  const request = { clientKey: uuidv7(), inboxId: company.inbox.id, content }
  const { item } = await must('POST', '/api/v1/conversations', agent.credentials, request)
  expect(item).toMatchObject({ contact: { name: 'Zhao' }, conversation: { subject: 'News' } })
  const again = await must('POST', '/api/v1/conversations', agent.credentials, request)
  expect(again.item.conversation.id).toBe(item.conversation.id)
  const letter = await posted(({ to }) => to.includes('zhao@example.com'))
  expect(letter).toMatchObject({
    html: expect.stringContaining('Good news'),
    references: [],
    files: [{ name: 'news.txt', bytes: 5 }],
  })
  // The answer comes back here.
  const answer = await write({
    from: 'zhao@example.com',
    subject: 'Re: News',
    inReplyTo: letter.messageId,
    text: 'fine',
  })
  expect(answer.conversationId).toBe(item.conversation.id)
  const blind = await call('POST', '/api/v1/conversations', outsider.credentials, { ...request, clientKey: uuidv7() })
  expect(blind.status).toBe(404)
})
