import type { Conversation } from '@qiao/protocol'

/** Where letters are written, `a` answers all, as in every mail program. */
export const assignKeys = ({ subject }: Pick<Conversation, 'subject'>): string => (subject === null ? 'a' : 'shift+a')
