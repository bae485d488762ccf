import type { Answerable } from '@qiao/protocol'

/** Which comment a private answer would go to: the one that is quoted, else the latest that the customer wrote. */
export function answeredBy(comments: readonly Answerable[], quotedId: string | null): Answerable | null {
  const quoted = quotedId === null ? undefined : comments.find(({ entryId }) => entryId === quotedId)
  return quoted ?? comments[0] ?? null
}

/** What stands beside the button: until when, or why there is none. */
export const standingKey = ({ why }: Answerable): 'until' | 'used' | 'late' =>
  why === 'private-reply-used' ? 'used' : why === 'private-reply-late' ? 'late' : 'until'
