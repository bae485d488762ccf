import { expect, test } from 'vitest'
import { allowPictures, arePicturesAllowed } from './allowed-pictures.ts'

test('one permission is for a whole mail and for no other, and outlives its row', () => {
  expect(arePicturesAllowed('one')).toBe(false)
  allowPictures('one')
  allowPictures('two')
  expect(['one', 'two', 'three'].map(arePicturesAllowed)).toEqual([true, true, false])
})
