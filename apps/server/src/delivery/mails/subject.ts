/** What mail programs put before a subject that is answered or passed on, in the languages of our customers. */
const marks =
  /^\s*(?:(?:re|aw|sv|vs|antw|odp|res|rif|ynt|ref|fwd?|wg|tr|rv|enc|i|vb|回复|回覆|答复|答覆|转发|轉寄|返信|転送|회신|전달)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]|\[#\d+\])\s*/iu
const number = /\s*\[#\d+\]\s*$/

/** A subject as it was first written. */
export function bareSubject(subject: string): string {
  let bare = subject.trim()
  for (let next = bare.replace(marks, ''); next !== bare; next = bare.replace(marks, '')) bare = next
  return bare.replace(number, '').trim()
}
