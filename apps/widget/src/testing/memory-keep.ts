import { createKeep, type Keep } from '../chat/storage.ts'

/** A browser's store that several tabs of a test share. */
export function memoryArea() {
  const map = new Map<string, string>()
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
    key: (at: number) => [...map.keys()][at] ?? null,
    get length() {
      return map.size
    },
  }
}

export const memoryKeep = (area = memoryArea()): Keep => createKeep('shop', area)
