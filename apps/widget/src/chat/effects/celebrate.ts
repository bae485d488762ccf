import { celebrating, config } from '../store.ts'

const lastsMs = 2600
let end: ReturnType<typeof setTimeout> | undefined

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Lets an emoji that the inbox names rain once when a message carries it. */
export function celebrate(text: string): void {
  const emoji = config.value?.settings.celebrations.find((candidate) => text.includes(candidate))
  if (!emoji || calm()) return
  clearTimeout(end)
  celebrating.value = emoji
  end = setTimeout(() => {
    celebrating.value = null
  }, lastsMs)
}
