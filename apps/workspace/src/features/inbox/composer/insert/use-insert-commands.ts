import type { InsertKind } from '@qiao/protocol'
import { useCommands } from '../../../../shared/commands.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { inboxWords } from '../../words.ts'
import { insertKinds } from './check-insert.ts'
import { insertWords } from './insert-words.ts'

/** A line of the palette for each of them, and a key for the list. `insert`: null shows what there is. */
export function useInsertCommands(isOffered: boolean, insert: (kind: InsertKind | null) => void): void {
  const t = useWords(insertWords)
  const group = useWords(inboxWords)('group.conversation')
  useCommands(() =>
    isOffered
      ? [
          { id: 'insert', title: t('open'), group, keys: 'shift+i', run: () => insert(null) },
          ...insertKinds.map((kind) => ({
            id: `insert-${kind}`,
            title: t(`do.${kind}`),
            group,
            run: () => insert(kind),
          })),
        ]
      : [],
  )
}
