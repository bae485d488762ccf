import { expect, test } from 'vitest'
import type { HttpResponse } from '../../contract.ts'
import { scriptedHttp, testContext } from '../../test-context.ts'
import { errorAnswer, tokenAnswer } from './kit.ts'
import { fetchPlatformMedia, type PlatformConfig } from './platform.ts'

const config: PlatformConfig = { apiUrl: 'https://api.weixin.example', appId: 'wx1', secret: 's' }
const file = (disposition: string, type: string, body: string): HttpResponse => ({
  kind: 'answer',
  status: 200,
  headers: { 'content-type': type, ...(disposition ? { 'content-disposition': disposition } : {}) },
  body: Buffer.from(body),
})
const fetched = (...answers: readonly HttpResponse[]) => {
  const { http } = scriptedHttp([tokenAnswer(), ...answers])
  return fetchPlatformMedia({ id: 'M1' }, testContext(config, { http }))
}

test.each(['application/json', 'text/plain', 'application/octet-stream'])(
  'a file that holds JSON is a file, though it comes as %s',
  async (type) => {
    const body = '{"errcode":40007,"errmsg":"written by a customer"}'
    expect(await fetched(file('attachment; filename="a.json"', type, body))).toEqual({
      kind: 'fetched',
      bytes: Buffer.from(body),
      mime: type,
      name: 'a.json',
    })
  },
)
test('without a name it is an answer', async () => {
  expect(await fetched(errorAnswer(40_007))).toMatchObject({ kind: 'gone', problem: { code: 'media-gone' } })
  expect(await fetched(file('', 'text/plain', '{"video_url":"https://a.cn/v"}'), file('', 'video/mp4', 'v'))).toEqual({
    kind: 'fetched',
    bytes: Buffer.from('v'),
    mime: 'video/mp4',
  })
})

test.each([
  ['attachment; filename="a b;c.pdf"', 'a b;c.pdf'],
  ['attachment; filename=a.pdf; size=5', 'a.pdf'],
  [`attachment; filename="${Buffer.from('合同.pdf').toString('latin1')}"`, '合同.pdf'],
  ['attachment; filename="%E5%90%88%E5%90%8C.pdf"', '合同.pdf'],
  [`attachment; filename="x.pdf"; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf`, '合同.pdf'],
  ['attachment; filename="caf\u00E9.pdf"', 'café.pdf'],
  ['attachment; filename="100%.pdf"', '100%.pdf'],
])('the name in %s', async (disposition, name) => {
  expect(await fetched(file(disposition, 'application/pdf', 'p'))).toMatchObject({ kind: 'fetched', name })
})
