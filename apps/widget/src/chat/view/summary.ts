import type { Words } from '../words/en.ts'
import { say } from '../words/words.ts'

const named: Record<string, keyof Words> = {
  image: 'image',
  audio: 'audio',
  video: 'video',
  file: 'file',
  location: 'location',
  form: 'form',
  product: 'product',
  order: 'order',
  call: 'call',
  unsupported: 'unsupported',
  recalled: 'recalled',
}

/** A message in one line, in the visitor's language: the protocol's `[image] cat.png` becomes `Photo cat.png`. */
export function summary(type: string, preview: string): string {
  const key = named[type] ?? named[/^\[(\w+)\]/.exec(preview)?.[1] ?? '']
  if (!key) return preview
  if (key === 'unsupported' || key === 'recalled') return say(key)
  return `${say(key)} ${preview.replace(/^\[[\w ]+\] ?/, '')}`.trim()
}
