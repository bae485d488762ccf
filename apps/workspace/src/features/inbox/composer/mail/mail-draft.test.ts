import type { MailFile } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { cidOf } from '../../../../shared/mail-editor/local-pictures.ts'
import {
  blankMail,
  filesInUse,
  hasWords,
  hindranceOf,
  inAnotherWay,
  mostBytes,
  outgoingHtml,
  worthKeeping,
} from './mail-draft.ts'

const fang = { name: '王芳', address: 'fang@example.com' }
const file = (id: string, part: Partial<MailFile> = {}): MailFile => ({
  id,
  name: `${id}.png`,
  mime: 'image/png',
  bytes: 10,
  kind: 'image',
  ...part,
})
const mail = { ...blankMail('reply', 'e1'), to: [fang], subject: 'Tea', html: '<p>It has arrived.</p>' }

test('an empty page says nothing, a picture says something', () => {
  expect(['', '<p></p>', '<p> <br>&nbsp;</p><ul><li><p></p></li></ul>'].some(hasWords)).toBe(false)
  expect(['<p>a</p>', '<p><img src="cid:1"></p>', '<table><tbody></tbody></table>'].every(hasWords)).toBe(true)
})

test('what hinders a mail is named, the worst first', () => {
  expect(hindranceOf(mail)).toBeNull()
  expect(hindranceOf({ ...mail, to: [] })).toBe('nobody')
  expect(hindranceOf({ ...mail, bcc: [{ name: '', address: 'fang' }] })).toBe('address')
  expect(hindranceOf({ ...mail, html: '<p></p>' })).toBe('words')
  expect(hindranceOf({ ...mail, attachments: [file('a', { bytes: mostBytes }), file('b')] })).toBe('large')
  const crowd = Array.from({ length: 51 }, (_, at) => ({ name: '', address: `p${at}@b.example` }))
  expect(hindranceOf({ ...mail, cc: crowd })).toBe('many')
})

test('passing on a mail needs no words of one’s own', () => {
  const forward = { ...blankMail('forward', 'e1'), to: [fang] }
  expect(hindranceOf(forward)).toBeNull()
  expect(hindranceOf({ ...forward, quoted: false })).toBe('words')
  expect(worthKeeping({ ...forward, attachments: [file('a')] })).toBe(false)
})

test('a picture that was deleted from the text is not sent', () => {
  const quoted = file('d', { cid: 'logo@elsewhere' })
  const attachments = [file('a', { cid: cidOf('a') }), file('b', { cid: cidOf('b') }), file('c'), quoted]
  const inUse = filesInUse({ ...mail, html: `<p><img data-cid="${cidOf('b')}"></p>`, attachments })
  expect(inUse.map(({ id }) => id)).toEqual(['b', 'c', 'd'])
})

test('who answers in another way keeps the words', () => {
  const next = inAnotherWay({ ...mail, cc: [fang] }, 'forward', 'e2')
  expect(next).toMatchObject({ kind: 'forward', entryId: 'e2', to: [], cc: [], subject: '', html: mail.html })
  expect(inAnotherWay(mail, 'new', 'e2').entryId).toBeNull()
})

test('pictures leave under the name that mail programs know, and words that look like one stay words', () =>
  expect(outgoingHtml('<p>a data-cid="x"</p><img alt="Pot" data-cid="1@qiao">')).toBe(
    '<p>a data-cid="x"</p><img alt="Pot" src="cid:1@qiao">',
  ))
