import type { ProblemCode, ReceivedMail } from '@qiao/channels'
import { type ContentOf, type Mailbox, type MailFile, messageContent, type MissedFile } from '@qiao/protocol'
import { describeForLetter } from '#attachments'
import { firstWords, keepReceivedBody } from '#mails'
import { namedId } from '#platform/named-id'
import { forcedStorable, forcedStorableText } from '#platform/storable'
import { withInvited } from '../mails/appointments.ts'
import { contextOf } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { receiveFile, type Said } from './receive-file.ts'

const mostFiles = 100
const mostWarnings = 20
const mostAddresses = 200
const mostMissed = 20

/** A letter with its files and its body. What cannot be taken is named; the letter as it came holds all of it. */
export async function receiveMail(
  deps: ChannelDeps,
  account: Account,
  mail: ReceivedMail,
  said: Said,
): Promise<ContentOf<'mail'>> {
  const { files: received, missed, warnings } = await receiveFiles(deps, account, mail, said)
  const bodyId = namedId(`${said.key} body`)
  const text = forcedStorableText(mail.text)
  const { wasCut, shown } = await keepReceivedBody(
    deps.db,
    {
      id: bodyId,
      inboxId: account.inbox.id,
      html: await htmlOf(deps, account, mail),
      text,
      quoted: forcedStorableText(mail.quoted),
      signature: forcedStorableText(mail.signature),
      isForward: mail.forwarded !== undefined,
      files: received.flatMap(({ id, cid }) => (cid === undefined ? [] : [{ id, cid }])),
      original: mail.original,
    },
    deps.clock.now(),
  )
  const files = received.map((file) => withinWords(file, shown))
  const all = [...mail.warnings, ...warnings, ...(wasCut ? ['cut-text'] : [])]
  const { subject, from, to, cc, automatic, answerable, trust, checks, forwarded, invitation } = mail
  const plain = {
    type: 'mail',
    subject: subject.slice(0, 998),
    from: from && short(from),
    to: to.slice(0, mostAddresses).map(short),
    cc: cc.slice(0, mostAddresses).map(short),
    ...firstWords(text),
    bodyId,
    attachments: files,
    ...(missed.length > 0 ? { missedFiles: missed.slice(0, mostMissed) } : {}),
    ...(automatic ? { automatic } : {}),
    ...(answerable === false ? { answerable } : {}),
    ...(trust ? { trust } : {}),
    ...(checks ? { checks } : {}),
    warnings: [...new Set(all)].slice(0, mostWarnings).map((warning) => warning.slice(0, 60)),
  } as const
  const whole = messageContent.safeParse(
    forcedStorable({
      ...plain,
      ...(forwarded ? { forwarded } : {}),
      ...(invitation ? { invitation: withInvited(account, invitation) } : {}),
    }),
  )
  if (whole.success && whole.data.type === 'mail') return whole.data
  // Somebody's strange invitation must not cost them their letter.
  return { ...plain, bcc: [], to: [...plain.to], cc: [...plain.cc], attachments: files, warnings: [...plain.warnings] }
}

/** Many programs name every file as if the words showed it; what they do not show stands below them. */
function withinWords({ cid, ...file }: MailFile, shown: ReadonlySet<string>): MailFile {
  return cid !== undefined && file.kind === 'image' && shown.has(cid) ? { ...file, cid } : file
}

async function htmlOf(deps: ChannelDeps, account: Account, mail: ReceivedMail): Promise<string | null> {
  if (mail.html !== null || mail.htmlKept === undefined) return mail.html && forcedStorableText(mail.html)
  const kept = await contextOf(deps, account).kept(mail.htmlKept)
  return kept && forcedStorableText(kept.toString('utf8'))
}

const short = ({ name, address }: Mailbox): Mailbox => ({
  name: forcedStorableText(name).slice(0, 200),
  address: forcedStorableText(address).slice(0, 320),
})

async function receiveFiles(deps: ChannelDeps, account: Account, mail: ReceivedMail, said: Said) {
  const files: MailFile[] = []
  const missed: MissedFile[] = []
  for (const [index, { cid, ...media }] of mail.files.slice(0, mostFiles).entries()) {
    const key = `${said.key} file ${index}`
    const file = await receiveFile(deps, account, media, { ...said, key, byLetter: true })
    if (!('id' in file)) {
      missed.push({ name: forcedStorableText(media.name ?? '').slice(0, 255), why: whyOf(file.code) })
      continue
    }
    const use = { id: file.id, uploader: { contactId: said.contactId }, conversationId: null }
    const described = await describeForLetter(deps.db, use)
    files.push({ ...described, ...(cid ? { cid: forcedStorableText(cid).slice(0, 250) } : {}) })
  }
  const tooMany = mail.files.length > mostFiles ? ['file-too-many'] : []
  return { files, missed, warnings: [...tooMany, ...missed.map(({ why }) => `file-${why}`)] }
}

function whyOf(code: ProblemCode): MissedFile['why'] {
  if (code === 'too-large') return 'too-large'
  return code === 'media-refused' || code === 'unsupported' ? 'type-refused' : 'gone'
}
