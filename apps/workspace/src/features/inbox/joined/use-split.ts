import { App } from 'antd'
import { translate } from '../../../shared/i18n.ts'
import { useStable } from '../../../shared/use-stable.ts'
import type { ConversationActions } from '../actions/use-conversation-actions.ts'
import { joinedWords } from './words.ts'

/** Makes a message a conversation of its own, and opens that. Merging it back undoes it. */
export function useSplit(actions: ConversationActions, onOpen: (id: string) => void) {
  const { message } = App.useApp()
  return useStable(async (messageId: string): Promise<void> => {
    const id = await actions.split(messageId)
    if (id === null) return
    onOpen(id)
    void message.success(translate(joinedWords, 'split.done'))
  })
}
