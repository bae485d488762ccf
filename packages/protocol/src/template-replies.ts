import type { ContentOf } from './content.ts'

interface QuickReply {
  /** What comes back when it is pressed. */
  id: string
  label: string
  /** Which of the buttons it is. */
  button: number
}

/** The buttons of a sent template that answer it: `payloads` are theirs in their order, else they send their words. */
export const quickReplies = ({ parts = [], payloads = [] }: ContentOf<'template'>): QuickReply[] =>
  parts
    .filter(({ part }) => part === 'button')
    .flatMap(({ does, text }, button) => (does === 'reply' ? [{ label: text, button }] : []))
    .map((reply, at) => ({ ...reply, id: payloads[at] ?? reply.label }))
