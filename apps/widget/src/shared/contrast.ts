/** Colours as WCAG 2.2 sees them. A company chooses its brand colour; that words can be read on it is our job. */
type Rgb = readonly [number, number, number]

const parse = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}
const format = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

const channel = (value: number): number => {
  const part = value / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}
const luminance = ([red, green, blue]: Rgb): number =>
  0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue)

export function contrast(a: string, b: string): number {
  const first = luminance(parse(a))
  const second = luminance(parse(b))
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

/** White or black, whichever reads better: one of the two always reaches 4.5, which no softer black would. */
export const textOn = (background: string): string =>
  contrast(background, '#ffffff') >= contrast(background, '#000000') ? '#ffffff' : '#000000'

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
]

/** The colour, moved towards the ground's opposite only as far as it takes to be read there. */
export function readableOn(colour: string, background: string, least = 4.5): string {
  const towards = parse(textOn(background))
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = format(mix(parse(colour), towards, share))
    if (contrast(candidate, background) >= least) return candidate
  }
  return textOn(background)
}
