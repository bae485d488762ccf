import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { loaded } from '../net/part.ts'

/** A part that few chats need: fetched when it is first drawn. Out of reach, the next drawing tries again. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const part = signal<ComponentType<Props> | null>(null)
  let asked = false
  return (props: Props) => {
    const Part = part.value
    if (!Part && !asked) {
      asked = true
      loaded(load()).then(
        (found) => {
          part.value = found
        },
        () => {
          asked = false
        },
      )
    }
    return Part && <Part {...props} />
  }
}
