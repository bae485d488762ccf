import { expect, test } from 'vitest'
import { pointIn } from './point-in.ts'

test('coordinates are read as people copy them', () => {
  const bund = { latitude: 31.2304, longitude: 121.4737 }
  expect(pointIn('31.2304, 121.4737')).toEqual(bund)
  expect(pointIn(' 31.2304，121.4737 ')).toEqual(bund)
  expect(pointIn('31.2304 121.4737')).toEqual(bund)
  expect(pointIn('-33.86,151.2')).toEqual({ latitude: -33.86, longitude: 151.2 })
})

test('addresses of maps that name a point are read', () => {
  const bund = { latitude: 31.23, longitude: 121.47 }
  expect(pointIn('https://www.openstreetmap.org/?mlat=31.23&mlon=121.47#map=16/1/2')).toEqual(bund)
  expect(pointIn('https://www.openstreetmap.org/#map=16/31.23/121.47')).toEqual(bund)
  expect(pointIn('https://www.google.com/maps/place/The+Bund/@30,120,17z/data=!3d31.23!4d121.47')).toEqual(bund)
  expect(pointIn('https://www.google.com/maps/@31.23,121.47,17z')).toEqual(bund)
  expect(pointIn('https://maps.google.com/?q=31.23,121.47')).toEqual(bund)
  expect(pointIn('https://maps.apple.com/?ll=31.23,121.47&q=The%20Bund')).toEqual(bund)
})

test('what is no place on earth is none', () => {
  const none = ['', 'the Bund', '91, 10', '10, 181', '31.23', 'https://example.com/?q=31.23,121.47', '1,2,3']
  expect(none.filter((text) => pointIn(text) !== null)).toEqual([])
})
