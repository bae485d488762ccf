/** What the chat keeps on the device, under one prefix per inbox so that logging out can wipe it whole. */
export interface Keep {
  get(name: string): string | null
  set(name: string, value: string): void
  remove(name: string): void
  names(prefix: string): string[]
  /** Full key in the browser's store, to recognise `storage` events. */
  keyOf(name: string): string
  wipe(): void
}

type Area = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

/** For browsers that forbid storage in frames: the chat then lasts as long as the page. */
function memoryArea(): Area {
  const map = new Map<string, string>()
  return {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    key: (at) => [...map.keys()][at] ?? null,
    get length() {
      return map.size
    },
  }
}

function browserArea(): Area {
  try {
    const area = globalThis.localStorage
    area.getItem('')
    return area
  } catch {
    return memoryArea()
  }
}

export function createKeep(inbox: string, area: Area = browserArea()): Keep {
  const prefix = `qiao:${inbox}:`
  const names = (start: string): string[] => {
    const keys = Array.from({ length: area.length }, (_, at) => area.key(at) ?? '')
    return keys.filter((key) => key.startsWith(prefix + start)).map((key) => key.slice(prefix.length))
  }
  return {
    get: (name) => area.getItem(prefix + name),
    set: (name, value) => {
      try {
        area.setItem(prefix + name, value)
      } catch {
        // Full: the message still goes out of memory, it only would not survive a reload.
      }
    },
    remove: (name) => area.removeItem(prefix + name),
    names,
    keyOf: (name) => prefix + name,
    wipe: () => {
      for (const name of names('')) area.removeItem(prefix + name)
    },
  }
}

/** One tab at a time; browsers without locks rely on the server, which knows a repeated key. */
export async function exclusively(name: string, work: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks as LockManager | undefined
  await (locks ? locks.request(name, work) : work())
}
