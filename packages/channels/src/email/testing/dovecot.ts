import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const program = '/usr/sbin/dovecot'
export const hasDovecot = (): boolean => {
  if (existsSync(program)) return true
  process.stderr.write('\n!!! dovecot is not installed: MAILBOXES ARE NOT TESTED !!!\n\n')
  return false
}

export interface Dovecot {
  port: number
  /** Where the line is secret from the first byte. */
  securePort: number
  /** The files of who it is; null where there is no openssl. Nobody trusts it who is not told to. */
  identity: Identity | null
  /** Where the mailboxes lie: `{user}/new` holds what has just come. */
  mail: string
  owner: { uid: number; gid: number }
  /** For Postfix, which has people sign in by it. */
  authSocket: string
  /** Puts mails into the inbox as a mail server does, in order; their files' times are when they came. */
  deliver(user: string, mails: readonly Buffer[], at?: Date): Promise<void>
  doveadm(...words: string[]): Promise<string>
  stop(): Promise<void>
}

export interface Identity {
  key: string
  cert: string
}

/**
 * A real IMAP server in a folder of its own, on loopback. Everybody's password is `password`; with `introspection` they
 * sign in by tokens, too, which it asks that address about.
 */
export async function startDovecot({ introspection = '' } = {}): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-dovecot-'))
  const isRoot = process.getuid?.() === 0
  const { username } = userInfo()
  const owner = isRoot ? { uid: 65_534, gid: 65_534 } : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  const mail = join(folder, 'mail')
  await mkdir(mail, { mode: 0o777 })
  await chmod(folder, 0o755)
  await chown(folder, owner.uid, owner.gid)
  await chown(mail, owner.uid, owner.gid)
  const [port, securePort] = [await freePort(), await freePort()]
  const authSocket = join(folder, 'auth-for-postfix')
  const config = join(folder, 'dovecot.conf')
  const identity = await makeIdentity(folder)
  await writeFile(
    config,
    configOf({
      identity,
      folder,
      port,
      securePort,
      owner,
      authSocket,
      introspection,
      user: isRoot ? null : { name: username, group: await groupName() },
    }),
  )
  await writeFile(join(folder, 'oauth2.conf'), tokensOf(introspection))
  const server = spawn(program, ['-F', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  server.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
  await answers(port, () => (server.exitCode === null ? null : said))
  let delivered = 0

  return {
    port,
    securePort,
    identity,
    mail,
    owner,
    authSocket,
    async deliver(user, mails, at = new Date()) {
      const inbox = join(mail, user)
      for (const part of ['', 'new', 'cur', 'tmp']) {
        await mkdir(join(inbox, part), { recursive: true })
        await chown(join(inbox, part), owner.uid, owner.gid)
      }
      for (const raw of mails) {
        delivered += 1
        const name = `${Math.floor(at.getTime() / 1000)}.M${String(delivered).padStart(8, '0')}P1.test`
        const path = join(inbox, 'new', name)
        await writeFile(path, raw)
        await chown(path, owner.uid, owner.gid)
        await utimes(path, at, at)
      }
    },
    doveadm: async (...words) => (await promisify(execFile)('doveadm', ['-c', config, ...words])).stdout,
    async stop() {
      if (server.exitCode === null) {
        server.kill('SIGTERM')
        await once(server, 'exit')
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const groupName = async (): Promise<string> => (await promisify(execFile)('id', ['-gn'])).stdout.trim()

async function makeIdentity(folder: string): Promise<Identity | null> {
  const identity = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') }
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  const files = ['-newkey', 'rsa:2048', '-nodes', '-keyout', identity.key, '-out', identity.cert]
  return promisify(execFile)('openssl', ['req', '-x509', ...names, ...files]).then(
    () => identity,
    () => null,
  )
}

interface Settings {
  folder: string
  port: number
  securePort: number
  owner: Dovecot['owner']
  authSocket: string
  introspection: string
  identity: Identity | null
  /** Null when it is started by root, who gives its work to others. */
  user: { name: string; group: string } | null
}
const configOf = ({ identity, folder, port, securePort, owner, authSocket, introspection, user }: Settings): string => `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
${identity ? `ssl = yes\nssl_cert = <${identity.cert}\nssl_key = <${identity.key}` : 'ssl = no'}
disable_plaintext_auth = no
auth_mechanisms = plain login ${introspection ? 'xoauth2 oauthbearer' : ''}
auth_failure_delay = 0
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
mail_max_userip_connections = 100
${user ? `default_internal_user = ${user.name}\ndefault_login_user = ${user.name}\ndefault_internal_group = ${user.group}` : ''}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${identity ? securePort : 0}
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service auth {
  unix_listener ${authSocket} {
    mode = 0666
  }
}
passdb {
  driver = static
  args = password=password
  mechanisms = plain login
}
${introspection ? `passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${folder}/oauth2.conf\n}` : ''}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = create
  }
}
`
const tokensOf = (introspection: string): string => `
introspection_mode = auth
introspection_url = ${introspection}
username_attribute = email
active_attribute = active
active_value = true
`

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('There is no port')
  return address.port
}

/** Resolves when it greets. */
export async function answers(port: number, failed: () => string | null): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const words = failed()
    if (words !== null) throw new Error(`The mail server ended: ${words}`)
    if (await greets(port)) return
    await sleep(50)
  }
  throw new Error('The mail server does not answer')
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (is: boolean) => {
      socket.destroy()
      resolve(is)
    }
    socket
      .once('data', () => end(true))
      .once('error', () => end(false))
      .once('close', () => end(false))
  })
}
