import { type Mail, parseMailInWorker } from '@qiao/mail'
import type { Context, MediaResult } from '../contract.ts'
import type { MediaReference } from '../events.ts'
import type { Config } from './config.ts'

/** Files of one letter are asked for one after the other: it is read once. */
let latest: { name: string; mail: Promise<Mail | null>; timer: NodeJS.Timeout } | null = null
const rememberMs = 10_000

export async function fetchMedia({ id = '' }: MediaReference, context: Context<Config>): Promise<MediaResult> {
  const [name = '', at = ''] = id.split(':')
  const file = (await mailOf(name, context))?.attachments[Number(at)]
  if (!file) return { kind: 'gone', problem: { code: 'media-gone', detail: 'It is not in the mail' } }
  const { content, mime, filename } = file
  return {
    kind: 'fetched',
    bytes: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    mime,
    name: filename,
  }
}

function mailOf(name: string, context: Context<Config>): Promise<Mail | null> {
  if (latest?.name === name) {
    latest.timer.refresh()
    return latest.mail
  }
  if (latest) clearTimeout(latest.timer)
  const mail = context.kept(name).then((raw) => (raw ? parseMailInWorker(raw) : null))
  const timer = setTimeout(() => {
    if (latest?.name === name) latest = null
  }, rememberMs).unref()
  latest = { name, mail, timer }
  mail.catch(() => {
    if (latest?.name === name) latest = null
  })
  return mail
}
