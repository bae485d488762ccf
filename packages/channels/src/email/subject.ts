const answered = /^(?:re|aw|sv|antw|vs|odp|rif|ynt|回复|回覆|答复|答覆|返信)(?:\[\d+\])?\s*[:：]\s*/iu
const passedOn = /^(?:fwd?|wg|tr|rv|转发|轉寄|轉發)\s*[:：]/iu
const number = /\[#(\d{1,12})\]/u

/** The number that it quotes; it proves nothing. */
export function numberIn(subject: string): number | undefined {
  const [, digits] = number.exec(subject) ?? []
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits)
}

/** Without the number and the `Re:` that mail programs and we put to it. */
export function bareSubject(subject: string): string {
  let rest = subject.replace(number, ' ').replace(/\s+/gu, ' ').trim()
  while (answered.test(rest)) rest = rest.replace(answered, '')
  return rest
}

export const outgoingSubject = (subject: string, isAnswer: boolean, ofNumber: number | null): string =>
  [
    isAnswer && !answered.test(subject) && !passedOn.test(subject) ? `Re: ${subject}` : subject,
    ofNumber === null ? '' : `[#${ofNumber}]`,
  ]
    .filter((part) => part !== '')
    .join(' ')
