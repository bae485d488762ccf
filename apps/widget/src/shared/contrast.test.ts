import { describe, expect, it } from 'vitest'
import { contrast, readableOn, textOn } from './contrast.ts'

const colours = Array.from({ length: 512 }, (_, at) => {
  const part = (shift: number) => (((at >> shift) & 7) * 36).toString(16).padStart(2, '0')
  return `#${part(6)}${part(3)}${part(0)}`
})

describe('contrast', () => {
  it('knows the extremes', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 2)
  })

  it('finds words for any brand colour that reach AA', () => {
    expect(colours.filter((colour) => contrast(colour, textOn(colour)) < 4.5)).toEqual([])
  })

  it.each(['#ffffff', '#1b1f24'])('makes any brand colour readable on %s', (ground) => {
    expect(colours.filter((colour) => contrast(readableOn(colour, ground), ground) < 4.5)).toEqual([])
  })

  it('leaves a colour alone that already reads well', () => {
    expect(readableOn('#1f4fab', '#ffffff')).toBe('#1f4fab')
  })
})
