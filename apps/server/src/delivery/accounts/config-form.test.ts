import { findChannel } from '@qiao/channels'
import { expect, test } from 'vitest'
import { withOldSecrets } from './config-form.ts'

test('a secret stays when it is left out or empty, and goes when it is null', () => {
  const channel = findChannel('open-channel')
  if (!channel) throw new Error('There is no open channel')
  const old = { endpointUrl: 'https://a.example', secret: 'one', previousSecret: 'two' }
  const wanted = { endpointUrl: 'https://b.example' }
  expect(withOldSecrets(channel, wanted, old)).toEqual({ ...wanted, secret: 'one', previousSecret: 'two' })
  expect(withOldSecrets(channel, { ...wanted, secret: '', previousSecret: null }, old)).toEqual({
    ...wanted,
    secret: 'one',
  })
  expect(withOldSecrets(channel, { ...wanted, secret: 'three' }, null)).toEqual({ ...wanted, secret: 'three' })
})
