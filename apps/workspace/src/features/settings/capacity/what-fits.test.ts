import { expect, it } from 'vitest'
import { roomFor, unitsUsed } from './what-fits.ts'

const profile = {
  units: 100,
  channels: {
    '*': { units: 20, most: 4, interruptedBy: [] },
    mail: { units: 50, most: 3, interruptedBy: ['web'] },
    call: { units: 100, most: 1, interruptedBy: [] },
    off: { units: 10, most: 0, interruptedBy: [] },
  },
}

it('counts as the router does', () => {
  expect(roomFor(profile, [], 'web')).toEqual({ fits: 4 })
  expect(roomFor(profile, ['web', 'web', 'web', 'web'], 'web')).toEqual({ fits: 0, why: 'most', most: 4 })
  expect(roomFor(profile, ['web'], 'call')).toEqual({ fits: 0, why: 'units', missing: 20 })
  expect(roomFor(profile, ['call'], 'web')).toEqual({ fits: 0, why: 'units', missing: 20 })
  expect(roomFor(profile, [], 'off')).toEqual({ fits: 0, why: 'never' })
})

it('lets come in between what may', () => {
  expect(unitsUsed(profile, ['mail', 'mail'])).toBe(100)
  expect(roomFor(profile, ['mail', 'mail'], 'web')).toEqual({ fits: 4 })
  expect(roomFor(profile, ['mail', 'mail'], 'mail')).toEqual({ fits: 0, why: 'units', missing: 50 })
})
