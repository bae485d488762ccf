import { expect, test } from 'vitest'
import { configOf, fieldsOf, missingIn, problemsFrom, valuesOf } from './form-fields.ts'

const words = (en: string) => ({ zh: `${en} zh`, en })
const form = {
  type: 'object',
  required: ['url', 'key'],
  properties: {
    url: { type: 'string', format: 'uri', title: words('Address'), help: words('Yours') },
    key: { type: 'string', title: words('Key'), secret: true },
    older: { type: 'string', title: words('Older'), secret: true, advanced: true },
    mode: { type: 'string', enum: ['safe', 'plain'], default: 'safe', options: { safe: words('Safe') } },
    hours: { type: 'number', exclusiveMinimum: 0, maximum: 48 },
    count: { type: 'integer', minimum: 1 },
    groups: { type: 'boolean', default: true },
  },
}
const fields = fieldsOf(form)
const named = (name: string) => fields.find((field) => field.name === name)

test('a form is read from its JSON Schema', () => {
  expect(fields.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
    'url: url',
    'key: text',
    'older: text',
    'mode: choice',
    'hours: number',
    'count: number',
    'groups: switch',
  ])
  expect(named('url')).toMatchObject({ required: true, secret: false, title: words('Address'), help: words('Yours') })
  expect(named('older')).toMatchObject({ secret: true, advanced: true, required: false })
  expect(named('mode')?.choices).toEqual([
    { value: 'safe', words: words('Safe') },
    { value: 'plain', words: { zh: 'plain', en: 'plain' } },
  ])
  expect(named('hours')).toMatchObject({ max: 48, whole: false, initial: null })
  expect(named('count')).toMatchObject({ min: 1, whole: true })
})

test('what is saved is shown with the defaults of what is not, and never a secret', () => {
  expect(valuesOf(fields, { url: 'https://a.example', key: 'leaked', hours: 5 })).toEqual({
    url: 'https://a.example',
    mode: 'safe',
    hours: 5,
    count: null,
    groups: true,
  })
})

test('empty fields are left out, untouched secrets too, and removed ones are null', () => {
  const values = { ...valuesOf(fields, null), url: 'https://a.example', groups: false }
  expect(configOf(fields, values, {})).toEqual({ url: 'https://a.example', mode: 'safe', groups: false })
  expect(configOf(fields, values, { key: 'new', older: null })).toMatchObject({ key: 'new', older: null })
  expect(configOf(fields, values, { key: '' })).not.toHaveProperty('key')
})

test('a required secret may stay as it is, but not be emptied', () => {
  const values = valuesOf(fields, { url: 'https://a.example' })
  expect(missingIn(fields, { values: { ...values, url: ' ' }, secrets: {} }, [])).toEqual(['url', 'key'])
  expect(missingIn(fields, { values, secrets: {} }, ['key'])).toEqual([])
  expect(missingIn(fields, { values, secrets: { key: '' } }, ['key'])).toEqual(['key'])
})

test('refusals of the server come to their fields', () => {
  const found = problemsFrom(fields, [
    { path: 'body.config.url', message: 'Invalid URL' },
    { path: 'body.config.key', message: 'whsec_ and the base64 form' },
    { path: 'body.config.hours', message: 'Too big: expected number to be <=48' },
    { path: 'body.config', message: 'Both or none' },
  ])
  expect(Object.fromEntries(found)).toEqual({
    url: { kind: 'url', said: null },
    key: { kind: 'format', said: 'whsec_ and the base64 form' },
    hours: { kind: 'big', said: null },
    '': { kind: 'format', said: 'Both or none' },
  })
})
