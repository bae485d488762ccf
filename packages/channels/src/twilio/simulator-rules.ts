/** What Twilio checks of a message before it queues it; written from its documentation, apart from `render`. */

export interface Refusal {
  status: number
  code: number
  message: string
}
export const refusal = (code: number, message: string, status = 400): Refusal => ({ status, code, message })

const isNumber = (text: string): boolean => /^\+[1-9]\d{6,14}$/u.test(text)
const isShortCode = (text: string): boolean => /^\d{3,6}$/u.test(text)
const isName = (text: string): boolean => /^(?=.*[A-Za-z])[A-Za-z0-9 &_+-]{1,11}$/u.test(text)
const isService = (text: string): boolean => /^MG[0-9a-f]{32}$/iu.test(text)

const known = [
  'To',
  'From',
  'MessagingServiceSid',
  'Body',
  'MediaUrl',
  'StatusCallback',
  'ValidityPeriod',
  'SmartEncoded',
]

export function doubtAboutMessage(form: URLSearchParams): Refusal | null {
  const field = (name: string): string => form.get(name) ?? ''
  const [to, from, service, body] = [field('To'), field('From'), field('MessagingServiceSid'), field('Body')]
  const media = form.getAll('MediaUrl')
  const unknown = [...form.keys()].find((name) => !known.includes(name))
  if (unknown) return refusal(20001, `Unknown parameter ${unknown}`)
  if (to === '') return refusal(21604, "A 'To' phone number is required.")
  if (!isNumber(to) && !isShortCode(to)) return refusal(21211, `The 'To' number ${to} is not a valid phone number.`)
  if (from === '' && service === '') return refusal(21603, "A 'From' phone number is required.")
  if (service !== '' && !isService(service)) return refusal(21705, 'The Messaging Service Sid is invalid')
  if (from !== '' && !isNumber(from) && !isShortCode(from) && !isName(from)) {
    return refusal(
      21212,
      `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`,
    )
  }
  if (body.trim() === '' && media.length === 0)
    return refusal(21619, 'A text message body or media urls must be specified.')
  if (body.length > 1600) return refusal(21617, 'The concatenated message body exceeds the 1600 character limit')
  if (media.length > 10) return refusal(21623, 'Number of media files exceeds allowed limit')
  if (media.some((url) => !/^https?:$/u.test(URL.parse(url)?.protocol ?? '')))
    return refusal(21620, 'Invalid media URL(s)')
  if (media.length > 0 && isName(from) && !isNumber(from))
    return refusal(21621, `The 'From' number ${from} is not enabled for MMS`)
  const callback = field('StatusCallback')
  if (callback !== '' && URL.parse(callback) === null) return refusal(21609, 'StatusCallback is not a valid URL')
  return null
}

/** Types that go by MMS; anything else fails once Twilio has fetched it. */
export const takenByMms = (mime: string): boolean =>
  /^(?:image\/(?:jpeg|jpg|png|gif)|audio\/(?:amr|mpeg|mp4|ogg|3gpp)|video\/(?:mp4|3gpp|mpeg)|application\/pdf|text\/(?:vcard|x-vcard|calendar))$/u.test(
    mime,
  )
