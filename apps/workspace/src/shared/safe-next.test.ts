import { expect, it } from 'vitest'
import { safeNext } from './safe-next.ts'

it.each([
  ['/inbox/mine?x=1#y', '/inbox/mine?x=1#y'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['https://evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?next=/sign-in', '/'],
  [undefined, '/'],
])('%s goes to %s', (given, expected) => expect(safeNext(given, 'https://qiao.example')).toBe(expected))
