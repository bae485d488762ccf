/** Which text the chat puts on a brand colour: the same rule as the widget's, by WCAG 2.2 relative luminance. */
const channel = (value: number): number => {
  const part = value / 255
  return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

export function luminance(hex: string): number {
  const value = Number.parseInt(hex.slice(1), 16)
  return 0.2126 * channel((value >> 16) & 255) + 0.7152 * channel((value >> 8) & 255) + 0.0722 * channel(value & 255)
}

const contrastOf = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
export const texts = { white: '#ffffff', black: '#101418' } as const

export function textOn(hex: string): { text: keyof typeof texts; ratio: number } {
  const ground = luminance(hex)
  const white = contrastOf(ground, luminance(texts.white))
  const black = contrastOf(ground, luminance(texts.black))
  return white >= black ? { text: 'white', ratio: white } : { text: 'black', ratio: black }
}
