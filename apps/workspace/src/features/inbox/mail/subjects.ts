/** What mail programs put before a subject when it is answered or passed on, in the languages of our customers, and our number. */
const before =
  /^\s*(?:(?:re|aw|antw|antwort|sv|vs|ref|rif|rép|odp|ynt|fwd?|wg|tr|rv|enc|回复|答复|回覆|答覆|转发|轉寄|轉發|返信|転送)(?:\[\d+\])?\s*[:：]\s*)/iu
const number = /\s*\[#\d+\]\s*/gu

/** The subject alone: «Re: 回复：Tea [#12]» is about "Tea". */
export function bareSubject(subject: string): string {
  let bare = subject.replace(number, ' ')
  for (let next = bare.replace(before, ''); next !== bare; next = bare.replace(before, '')) bare = next
  return bare.replace(/\s+/gu, ' ').trim()
}

export const sameSubject = (one: string, other: string): boolean =>
  bareSubject(one).toLocaleLowerCase() === bareSubject(other).toLocaleLowerCase()
