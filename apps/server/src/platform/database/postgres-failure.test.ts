import { expect, test } from 'vitest'
import { messageOf } from '../thrown.ts'
import { explainFailure } from './postgres-failure.ts'

/** Texts as PostgreSQL 18 and Node wrote them. */
test.each([
  [
    new Error('initdb: error: could not create directory "x": No space left on device'),
    /^The disk that holds \/d is full/,
  ],
  [new Error('FATAL:  could not extend file "base/1/2691": wrote only 4096 of 8192 bytes'), /^The disk that holds/],
  [Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }), /^The disk that holds/],
  [
    Object.assign(new Error("EACCES: permission denied, open '/d/qiao.lock'"), { code: 'EACCES' }),
    /may not write to .*\/d.*EACCES/,
  ],
  [new Error('FATAL:  data directory "/d/postgres" has wrong ownership'), /may not write to the data folder \/d/],
  [Object.assign(new Error('EROFS: read-only file system, mkdir'), { code: 'EROFS' }), /read-only file system/],
  [Object.assign(new Error('password authentication failed'), { code: '28P01' }), /postgres\.password does not open/],
  [new Error('something else'), /^The embedded PostgreSQL did not start: something else$/],
])('%s', (error, sentence) => {
  expect(messageOf(explainFailure(error, '/d'))).toMatch(sentence)
})
