import { preferences } from '@qiao/protocol'
import { expect, test } from 'vitest'
import {
  type AdminState,
  checkAvatarUrl,
  checkTimeZone,
  isStronger,
  keepAnAdmin,
  readPreferences,
  weakerRole,
} from './agent-rules.ts'

const admin = (id: string, disabled = false): AdminState => ({ id, role: 'admin', disabled })

test('the last administrator can be neither demoted nor disabled', () => {
  const agents = [admin('a'), admin('b', true), { ...admin('c'), role: 'lead' as const }]
  expect(() => keepAnAdmin(agents, { ...admin('a'), role: 'agent' })).toThrow('last-admin')
  expect(() => keepAnAdmin(agents, admin('a', true))).toThrow('last-admin')
  expect(() => keepAnAdmin([...agents, admin('d')], admin('a', true))).not.toThrow()
  expect(() => keepAnAdmin(agents, admin('a'))).not.toThrow()
})

test('the weaker role wins', () => {
  expect(weakerRole('admin', 'lead')).toBe('lead')
  expect(weakerRole('agent', 'admin')).toBe('agent')
  expect(weakerRole('lead', 'lead')).toBe('lead')
  expect([isStronger('admin', 'lead'), isStronger('lead', 'lead'), isStronger('agent', 'lead')]).toEqual([
    true,
    false,
    false,
  ])
})

test('stored preferences that no longer fit fall back to the defaults', () => {
  expect(readPreferences({ theme: 'purple' })).toEqual(preferences.parse({}))
})

test('avatars are web addresses or own files', () => {
  for (const url of ['https://example.com/a.png', '/files/a.png']) expect(() => checkAvatarUrl(url)).not.toThrow()
  for (const url of [
    'javascript:alert(1)',
    '//evil.example/a.png',
    '/\\evil.example',
    'data:image/svg+xml,x',
    'a.png',
  ]) {
    expect(() => checkAvatarUrl(url)).toThrow('avatarUrl')
  }
})

test('time zones exist', () => {
  expect(() => checkTimeZone('Asia/Shanghai')).not.toThrow()
  expect(() => checkTimeZone('Mars/Olympus')).toThrow('Mars/Olympus')
})
