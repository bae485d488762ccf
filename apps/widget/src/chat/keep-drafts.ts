import { effect } from '@preact/signals'
import { trusted } from '../shared/trusted.ts'
import type { Keep } from './storage.ts'
import { drafts } from './store.ts'

const most = 10

function read(keep: Keep): [string, string][] {
  try {
    return trusted<[string, string][]>(JSON.parse(keep.get('drafts') ?? '[]'))
  } catch {
    return []
  }
}

/** What was typed and not sent is there again after a reload. Writes nothing before somebody types. */
export function keepDrafts(keep: Keep): void {
  drafts.value = new Map([...read(keep), ...drafts.value])
  effect(() => {
    const typed = [...drafts.value].filter(([, text]) => text !== '')
    if (typed.length === 0) keep.remove('drafts')
    else keep.set('drafts', JSON.stringify(typed.slice(-most)))
  })
}
