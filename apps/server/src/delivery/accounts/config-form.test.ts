import { findChannel } from '@qiao/channels'
import { expect, test } from 'vitest'
import { withOldSecrets } from './config-form.ts'

test('a secret stays when it is left out or empty, and goes when it is null', () => {
  const channel = findChannel('email')
  if (!channel) throw new Error('There is no mail')
  const old = { address: 'a@shop.example', password: 'one', dkimKey: 'two' }
  const wanted = { address: 'b@shop.example' }
  expect(withOldSecrets(channel, wanted, old)).toEqual({ ...wanted, password: 'one', dkimKey: 'two' })
  expect(withOldSecrets(channel, { ...wanted, password: '', dkimKey: null }, old)).toEqual({
    ...wanted,
    password: 'one',
  })
  expect(withOldSecrets(channel, { ...wanted, password: 'three' }, null)).toEqual({ ...wanted, password: 'three' })
})
