import { decodeText } from './charset.ts'
import { readDeliveryStatus, type RecipientStatus } from './delivery-status.ts'
import { failureKind } from './failure-kind.ts'
import { headerOf, readHeaders } from './header-block.ts'
import type { Address, Bounce } from './mail.ts'
import type { Part } from './mime-tree.ts'
import { decodeTransfer } from './transfer-encoding.ts'

export type Told = { subject: string; from: Address | null; text: string }

const senders =
  /^(?:mailer-?daemon|postmaster|mail-?daemon|mail-delivery-system|mdaemon|microsoftexchange[0-9a-f]*|bounce[sd]?|delivery|system)@/i
/** People's absence notes come from postmasters, too, but not from these. */
const daemon = /^mailer-?daemon@/i
const names =
  /mail delivery (?:sub)?system|mailer-daemon|postmaster|mail administrator|系统(?:管理员|退信)|邮件系统|退信/i
const subjects =
  /undeliver|deliver(?:y|able)?.{0,20}(?:fail|status notification|delayed|problem|has failed)|fail(?:ed|ure).{0,20}(?:deliver|notice|mail)|returned (?:mail|to sender|email)|mail (?:delivery|system) (?:failed|error)|non[- ]?(?:delivery|remis)|could not be delivered|message (?:not delivered|delayed|status)|warning: (?:could not send|message)|unzustellbar|nicht zugestellt|zustellung|non remis|échec de (?:la )?remise|no se (?:puede|pudo) entregar|no entregado|não (?:foi )?entregue|mancato recapito|non recapitabile|onbestelbaar|не доставлен|недоставлен|niedostarczon|nie można dostarczyć|退信|投递失败|无法投递|投递状态|系统退信|傳遞失敗|無法傳遞|未送達|配信(?:不能|失敗|エラー)|送信できません|배달(?:되지|할 수 없)|반송|teslim edilemedi|doručen.{0,10}selh|nedoručiteln|gagal dikirim/i

/** Whether this mail says that another could not be delivered; by its parts (RFC 3464), else by the words of mail servers. */
export function bounceOf(root: Part, told: Told): Bounce | null {
  const parts = leaves(root)
  const reports = parts.filter((part) => /^message\/(?:global-)?delivery-status$/.test(part.type.value)).slice(0, 100)
  const original = parts.find((part) =>
    /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(part.type.value),
  )
  const originalMessageId = original ? messageIdIn(contentOf(original), true) : null
  const recipients = reports.flatMap((report) => readDeliveryStatus(wordsOf(report)))
  // A report without a recipient says nothing that the text does not say.
  if (recipients.length > 0) {
    const worst = worstOf(recipients)
    if (worst) {
      const status = worst.status?.startsWith('2') ? null : worst.status
      const inText = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(worst.diagnostic ?? '')?.[0] ?? null
      const specific = status === null || /^[45]\.0\.0$/.test(status) ? (inText ?? status) : status
      return {
        kind: worst.action === 'delayed' ? 'delay' : failureKind(specific, worst.diagnostic ?? ''),
        recipient: worst.recipient ?? failedHeader(root),
        status: specific,
        diagnostic: worst.diagnostic,
        originalMessageId: originalMessageId ?? messageIdIn(told.text, false),
      }
    }
    return null
  }
  return isBounce(root, told) ? fromText(root, told, originalMessageId) : null
}

/** Failed recipients count before delayed ones; a report of success is no bounce. */
const worstOf = (list: RecipientStatus[]) =>
  list.find(({ action }) => action === 'failed') ??
  list.find(({ action, status }) => action === 'delayed' || (action === '' && /^[45]/.test(status ?? '')))

function leaves(part: Part, found: Part[] = []): Part[] {
  if (part.children.length === 0) found.push(part)
  else for (const child of part.children) leaves(child, found)
  return found
}

const contentOf = (part: Part) =>
  decodeTransfer(part.body, headerOf(part.headers, 'content-transfer-encoding') ?? '')
    .content.subarray(0, 512 * 1024)
    .toString('latin1')

/** Fields of servers that tell the reason in their own language, as they are (RFC 6533), whatever they are written in. */
const wordsOf = (part: Part) => decodeText(Buffer.from(contentOf(part), 'latin1')).text

const failedHeader = (root: Part) =>
  /[^\s<>,;]+@[^\s<>,;]+/.exec(headerOf(root.headers, 'x-failed-recipients') ?? '')?.[0] ?? null

function messageIdIn(source: string, isMail: boolean): string | null {
  if (isMail) {
    const id = headerOf(readHeaders(source.replace(/^(?:\r*\n)+/, ''), 0, 64 * 1024, () => false).headers, 'message-id')
    if (id) return /<[^<>\s]+>/.exec(id)?.[0] ?? null
  }
  return /^[>\s]*Message-ID:\s*(<[^<>\s]+>)/im.exec(source.slice(0, 256 * 1024))?.[1] ?? null
}

function isBounce(root: Part, { subject, from, text }: Told): boolean {
  if (failedHeader(root) !== null) return true
  if (/^Hi\. This is the (?:qmail-send program|MAILER-DAEMON)/im.test(text.slice(0, 2000))) return true
  const bySender = senders.test(from?.address ?? '') || names.test(from?.name ?? '')
  const byPath = /^<?\s*(?:mailer-daemon(?:@[^\s<>]*)?)?\s*>?$/i.test(headerOf(root.headers, 'return-path') ?? 'none')
  const suspicious = bySender || byPath || from === null || from.address === ''
  const isReply = /^auto-replied/i.test(headerOf(root.headers, 'auto-submitted') ?? '')
  return suspicious && subjects.test(subject) && (!isReply || daemon.test(from?.address ?? ''))
    ? true
    : bySender && failure.test(text.slice(0, 20_000))
}

const failure =
  /permanent (?:fatal )?error|could(?: not|n't) (?:be )?deliver|unable to deliver|delivery (?:to the following|has failed)|user unknown|unknown (?:user|recipient|address)|no such (?:user|recipient)|invalid recipient|unroutea?ble|not (?:been )?delivered|non remis|undeliverable|mailbox (?:full|not found|unavailable|is full)|does not exist|не (?:может быть|удалось) достав|не было доставлено|收件人.{0,20}不存在|无法(?:投递|送达|发送)|投递失败|被退回|拒收/i
const delayed =
  /(?:delivery|message).{0,40}(?:delayed|still being (?:retried|tried)|will (?:continue|keep|be retried)|temporarily)|warning: (?:could not send message|message)|you do not need to resend|不需要重新发送|延迟|still trying|not yet been delivered|will keep trying/i

function fromText(root: Part, { subject, text }: Told, originalId: string | null): Bounce {
  const head = text.slice(0, 20_000)
  const told = beforeOriginal(head)
  const diagnostic = diagnosticIn(told)
  const status = /(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(told)?.[1] ?? null
  const isDelay = delayed.test(`${subject}\n${told}`) && !/permanent|(?:^|[\s(#])5\d\d[\s-]/m.test(told)
  return {
    kind: isDelay ? 'delay' : failureKind(status, diagnostic ?? told),
    recipient: failedHeader(root) ?? recipientIn(told),
    status,
    diagnostic,
    originalMessageId: originalId ?? messageIdIn(head, false),
  }
}

/** Below this the returned mail begins, whose addresses are not about the failure. */
const beforeOriginal = (text: string) =>
  text.split(
    /^-{2,}\s*(?:Below this line is a copy|This is a copy of|Original message|The header of the original|Included is a copy|Message header follows|Undelivered Message|以下是原(?:始)?邮件|原邮件信息|原信(?:件)?内容)|^Received:\s|^Original message headers:/im,
  )[0]!

function recipientIn(text: string): string | null {
  const address = '([^\\s<>"\'()\\[\\],;:：，。]+@[^\\s<>"\'()\\[\\],;:：，。]+\\.[a-z0-9-]{2,})'
  const forms = [
    new RegExp(`^\\s*<${address}>\\s*[:：]`, 'im'),
    new RegExp(
      `(?:following (?:address|recipient|email|mail)[^\\n]{0,60}|wasn't delivered to|not delivered to|could not be delivered to|delivered to the following[^\\n]{0,60}|failed recipient[^\\n]{0,10}|recipient address|发送给|收件人|收信人|收件者|以下地址|未能送达)\\W{0,20}(?:mailto:)?${address}`,
      'im',
    ),
    new RegExp(`^\\s{0,12}<?(?:mailto:)?${address}>?\\s*$`, 'im'),
    new RegExp(`<${address}>`, 'i'),
    new RegExp(address, 'i'),
  ]
  for (const form of forms) {
    const found = form.exec(text)?.[1]
    if (found) return found.replace(/[.>]+$/, '')
  }
  return null
}

function diagnosticIn(text: string): string | null {
  const line =
    /^.*?((?:SMTP error[^\n]*|(?:smtp;\s*)?[45]\d\d[ -#][^\n]{3,}|host \S+ said:[^\n]+|said:\s*[45]\d\d[^\n]*).*)$/im.exec(
      text,
    )?.[1] ??
    /^.*(?:user unknown|no such user|mailbox (?:full|not found|unavailable)|does not exist|不存在|已满|over quota|Sorry, no mailbox here[^\n]*|Sorry, I couldn't[^\n]*).*$/im.exec(
      text,
    )?.[0]
  return line?.replace(/\s+/g, ' ').trim().slice(0, 500) ?? null
}
