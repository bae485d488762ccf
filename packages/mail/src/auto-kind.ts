import { readAddresses } from './addresses.ts'
import { type Header, headerOf } from './header-block.ts'
import type { Auto, AutoKind } from './mail.ts'

/**
 * Subjects as programs write them: nothing but the phrase, or the phrase, a colon and what is answered. Customers write about
 * absences and automatic answers too, so alone it says no more than that nothing automatic should answer.
 */
const absence = new RegExp(
  `^\\s*(?:${[
    'out of (?:the )?office(?: auto-?reply| reply| message| notification)?',
    'automatic reply',
    'auto(?:matic)?[ -]?(?:reply|response|responder|antwort)',
    'autoreply',
    'vacation (?:reply|notice|response)',
    'away from (?:the )?(?:office|my (?:mail|desk))',
    'i am (?:currently )?out of office',
    'abwesenheits(?:notiz|benachrichtigung|assistent)',
    'automatische antwort',
    'außer haus',
    'réponse automatique',
    'absence du bureau',
    "message d['’]absence",
    'respuesta automática',
    'fuera de (?:la )?oficina',
    'resposta automática',
    'fora do escritório',
    'ausência (?:temporária|do escritório)',
    'risposta automatica',
    'fuori sede',
    'fuori ufficio',
    'automatisch antwoord',
    'afwezigheids(?:bericht|assistent)',
    'автоответ',
    'автоматический ответ',
    'отсутствие на рабочем месте',
    'автоматична відповідь',
    'automatyczna odpowiedź',
    'autoodpowiedź',
    'odpowiedź automatyczna',
    'autosvar',
    'automatiskt svar',
    'frånvaro',
    'automatisk svar',
    'ikke til stede',
    'automaattinen vastaus',
    'poissa(?:olo| toimistosta)',
    'otomatik yanıt',
    'ofis dışında',
    'automatická odpověď',
    'mimo kancelář',
    'automatikus válasz',
    'răspuns automat',
    'αυτόματη απάντηση',
    'автоматичен отговор',
    'trả lời tự động',
    'vắng mặt',
    'balasan otomatis',
    'ตอบกลับอัตโนมัติ',
    'رد تلقائي',
    'خارج المكتب',
    'תשובה אוטומטית',
    'מענה אוטומטי',
    '自动回复',
    '自動回覆',
    '自動回复',
    '自动答复',
    '自动应答',
    '外出自动回复',
    '休假通知',
    '不在办公室',
    '自動返信',
    '自動応答',
    '不在通知',
    '不在のお知らせ',
    '자동 ?회신',
    '자동 ?응답',
    '부재중',
  ].join('|')})\\s*(?:[:：]|$)`,
  'iu',
)

const repliers = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-auto-reply-from',
]
const lists = ['list-id', 'x-mailing-list', 'x-list', 'mailing-list', 'x-google-group-id']
const campaigns = ['feedback-id', 'x-campaign', 'x-campaignid', 'x-mailchimp-id', 'x-csa-complaints']
const nobody = /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply)[^@\s]*@/i

/**
 * Whether a program wrote this, by what the headers say, and whether something automatic may answer it, which people's mails
 * may forbid as well. `reason` names the header. Order: the most certain first.
 */
export function autoKind(headers: Header[], subject: string): Auto {
  const of = (name: string) => (headerOf(headers, name) ?? '').toLowerCase().trim()
  const because = (kind: AutoKind, name: string): Auto => ({
    kind,
    answerable: false,
    reason:
      name === 'subject'
        ? `subject: ${subject.slice(0, 80)}`
        : `${name}: ${(headerOf(headers, name) ?? '').slice(0, 80)}`,
  })
  const byProgram = writtenByProgram(of)
  const suppressed = /\b(?:all|autoreply|oof)\b/.test(of('x-auto-response-suppress'))
  const isAbsence = absence.test(subject)
  if (byProgram?.kind === 'auto-reply') return because('auto-reply', byProgram.name)
  // Exchange says of its absence notes only that a program made them, or that they want no answer.
  if (isAbsence && (byProgram || suppressed)) return because('auto-reply', 'subject')
  if (byProgram) return because(byProgram.kind, byProgram.name)
  const many = sentToMany(of)
  if (many) return because(many.kind, many.name)
  if (isAbsence) return because('none', 'subject')
  // Neither says who wrote it: the one asks for no automatic answers, the other that a program passed it on.
  if (suppressed) return because('none', 'x-auto-response-suppress')
  if (of('x-loop') !== '') return because('none', 'x-loop')
  if (nobody.test(addressIn(of('from'))))
    return isForm(of) ? because('none', 'reply-to') : because('auto-generated', 'from')
  return { kind: 'none', answerable: true, reason: null }
}

type Look = (name: string) => string
type Found = { kind: AutoKind; name: string } | null

function writtenByProgram(of: Look): Found {
  const submitted = of('auto-submitted')
  if (submitted.startsWith('auto-replied')) return { kind: 'auto-reply', name: 'auto-submitted' }
  for (const name of repliers) if (of(name) !== '' && of(name) !== 'no') return { kind: 'auto-reply', name }
  for (const name of ['precedence', 'x-precedence'])
    if (/^auto[-_]?reply/.test(of(name))) return { kind: 'auto-reply', name }
  if (of('x-ms-exchange-inbox-rules-loop') !== '' && /all|oof/.test(of('x-auto-response-suppress')))
    return { kind: 'auto-reply', name: 'x-auto-response-suppress' }
  if (/report-type="?(?:delivery-status|disposition-notification|feedback-report)/.test(of('content-type')))
    return { kind: 'auto-generated', name: 'content-type' }
  if (submitted !== '' && submitted !== 'no') return { kind: 'auto-generated', name: 'auto-submitted' }
  if (of('x-failed-recipients') !== '') return { kind: 'auto-generated', name: 'x-failed-recipients' }
  if (/^<\s*>$/.test(of('return-path'))) return { kind: 'auto-generated', name: 'return-path' }
  return /^(?:mailer-daemon|postmaster|mail-daemon)@/.test(addressIn(of('from')))
    ? { kind: 'auto-generated', name: 'from' }
    : null
}

/** Campaigns before lists: newsletters name a list of their own too, but nobody can write to it. */
function sentToMany(of: Look): Found {
  for (const name of ['precedence', 'x-precedence'])
    if (/^(?:bulk|junk|mass)/.test(of(name))) return { kind: 'bulk', name }
  for (const name of campaigns) if (of(name) !== '') return { kind: 'bulk', name }
  const post = of('list-post')
  if (post !== '' && post !== 'no') return { kind: 'list', name: 'list-post' }
  for (const name of ['precedence', 'x-precedence']) if (of(name) === 'list') return { kind: 'list', name }
  if (post === 'no') return { kind: 'bulk', name: 'list-post' }
  const isGroup = of('x-google-group-id') !== ''
  if (!isGroup && of('list-unsubscribe') !== '') return { kind: 'bulk', name: 'list-unsubscribe' }
  for (const name of lists) if (of(name) !== '') return { kind: 'list', name }
  return null
}

/** A form or a shop writes from an address that nobody reads and names its customer for the answer. */
function isForm(of: Look): boolean {
  const answers = readAddresses(of('reply-to')).filter(({ address }) => address !== '')
  return answers.length === 1 && answers.every(({ address }) => !nobody.test(address))
}

const addressIn = (field: string): string => readAddresses(field)[0]?.address.toLowerCase() ?? ''
