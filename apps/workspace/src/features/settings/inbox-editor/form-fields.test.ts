import { formField } from '@qiao/protocol'
import { expect, it } from 'vitest'
import { cleanFields, fieldTypes, moved, newField } from './form-fields.ts'

it('offers every kind of field that the protocol knows', () => {
  expect([...fieldTypes].toSorted()).toEqual([...formField.shape.type.options].toSorted())
})
it('names a new field as no other', () => {
  const first = newField([])
  expect(newField([{ ...first, name: 'field_2' }]).name).toBe('field_3')
})
it('moves within the list only', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
})
it('cleans choices and drops those of other kinds', () => {
  const field = { name: 'a', label: 'A', type: 'select' as const, required: false, options: [' x ', '', 'y'] }
  expect(cleanFields([field])[0]?.options).toEqual(['x', 'y'])
  expect(cleanFields([{ ...field, type: 'text' }])[0]).not.toHaveProperty('options')
})
