import type { EditVersion } from '@qiao/protocol'
import { useState } from 'react'

interface Options<Saved, Draft> {
  saved: Saved
  draftOf: (saved: Saved) => Draft
  /** Something new is worth saving before the first change. */
  isNew?: boolean
}

/**
 * What is being edited, and the version that the editing started from. When a later one arrives meanwhile, `theirs` is
 * that: nothing typed is lost, and the person decides whose it shall be.
 */
export function useDraft<Saved extends EditVersion, Draft extends object>(options: Options<Saved, Draft>) {
  const { saved, draftOf, isNew = false } = options
  const [edited, setEdited] = useState(() => (isNew ? { draft: draftOf(saved), from: saved.version } : null))
  const [discards, setDiscards] = useState(0)
  const draft = edited?.draft ?? draftOf(saved)
  const version = edited?.from ?? saved.version
  return {
    draft,
    version,
    dirty: edited !== null,
    theirs: version === saved.version ? null : saved,
    /** Differs after each discard: the key of fields that remember what was typed. */
    discards,
    change: (part: Partial<Draft>) => setEdited({ draft: { ...draft, ...part }, from: version }),
    /** What was changed while `sent` was being saved, is still to be saved over that: `from` its version. */
    saved: (sent: Draft, from: number) =>
      setEdited((now) => (now === null || now.draft === sent ? null : { draft: now.draft, from })),
    discard: () => {
      setEdited(null)
      setDiscards(discards + 1)
    },
  }
}
