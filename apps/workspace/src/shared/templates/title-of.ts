import type { MessageTemplate } from '@qiao/protocol'

/** What people call a template; providers may name it by a code. */
export const titleOf = ({ title, name }: Pick<MessageTemplate, 'title' | 'name'>): string => title ?? name
