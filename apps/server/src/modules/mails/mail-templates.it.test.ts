import type { MailTemplate } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { startCompany } from '../../testing/company.ts'

const company = await startCompany()
const { must, call, admin, agent, outsider } = company
const path = '/api/v1/mail-templates'
const add = (name: string, more: object = {}): Promise<MailTemplate> =>
  must('POST', path, admin.credentials, { inboxId: null, name, html: `<p>${name}</p>`, ...more })
const names = async (who: typeof agent, query = ''): Promise<string[]> =>
  (await must('GET', path + query, who.credentials)).templates.map(({ name }: MailTemplate) => name)

test('a text is for one inbox or for all; everybody sees those that they can use', async () => {
  const { first, second } = company.inboxes
  await add('of all')
  await add('First', { inboxId: first.id })
  await add('second', { inboxId: second.id })
  expect(await names(admin)).toEqual(['First', 'of all', 'second'])
  expect(await names(agent)).toEqual(['First', 'of all'])
  expect(await names(outsider)).toEqual(['of all', 'second'])
  expect(await names(admin, `?inboxId=${first.id}`)).toEqual(['First', 'of all'])
  expect((await call('GET', `${path}?inboxId=${first.id}`, outsider.credentials)).code).toBe('not-found')
})

test('what does not belong in a mail is taken out; words in curly brackets stay', async () => {
  const html =
    '<p onclick="x()">Dear {customer}, <b>#{number}</b></p><script>alert(1)</script><a href="javascript:x">no</a>'
  const made = await add('Careful', { html, subject: ' About #{number} ' })
  expect(made).toMatchObject({ subject: 'About #{number}', inboxId: null })
  expect(made.html).toBe('<p>Dear {customer}, <b>#{number}</b></p><a>no</a>')
  const empty = await call('POST', path, admin.credentials, { inboxId: null, name: 'x', html: '<script>1</script>' })
  expect(empty.code).toBe('invalid-input')
  const nowhere = { inboxId: '01900000-0000-7000-8000-000000000000', name: 'x', html: 'x' }
  expect((await call('POST', path, admin.credentials, nowhere)).code).toBe('invalid-input')
})

test('it is changed and deleted, and the log says who did', async () => {
  const { id } = await add('Old', { subject: 'One' })
  const changed = { inboxId: company.inboxes.first.id, name: 'New', html: '<p>new</p>' }
  expect(await must('PUT', `${path}/${id}`, admin.credentials, changed)).toMatchObject({ ...changed, subject: '' })
  await must('DELETE', `${path}/${id}`, admin.credentials)
  expect((await call('DELETE', `${path}/${id}`, admin.credentials)).code).toBe('not-found')
  expect((await call('PUT', `${path}/${id}`, admin.credentials, changed)).code).toBe('not-found')
  const { items } = await must('GET', '/api/v1/audit', admin.credentials)
  const acts = items.filter(({ targetId }: { targetId: string }) => targetId === id)
  expect(acts.map(({ action }: { action: string }) => action)).toEqual([
    'mail-template.deleted',
    'mail-template.changed',
    'mail-template.created',
  ])
})
