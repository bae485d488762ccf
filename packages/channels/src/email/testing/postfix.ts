import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { answers, type Dovecot, freePort } from './dovecot.ts'

/** Resolves with how it ended. Its servers go on, and would hold its output open. */
async function run(program: string, words: readonly string[]): Promise<void> {
  const [code] = await once(spawn(program, words, { stdio: 'ignore' }), 'exit')
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}`)
}
export const hasPostfix = (): boolean => {
  if (existsSync('/usr/sbin/postfix') && process.getuid?.() === 0) return true
  process.stderr.write('\n!!! postfix is not installed, or this is not root: SENDING BY IT IS NOT TESTED !!!\n\n')
  return false
}

export interface Postfix {
  port: number
  /** Where the line is secret from the first byte; with the identity of the mailboxes' server. */
  securePort: number
  stop(): Promise<void>
}

/**
 * A real mail server in folders of its own, on loopback. Whoever signs in by `dovecot` sends; mail for `users` is put into
 * the mailboxes of it, named by their local part; mail for anybody at `bounces.example` is taken and comes back.
 */
export async function startPostfix(dovecot: Dovecot, users: readonly string[]): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-postfix-'))
  const [config, queue, data] = ['config', 'queue', 'data'].map((name) => join(folder, name))
  if (!config || !queue || !data) throw new Error('There are no folders')
  await chmod(folder, 0o755)
  for (const path of [config, queue, data]) await mkdir(path, { mode: 0o755 })
  await run('chown', ['postfix', data])
  const [port, securePort] = [await freePort(), await freePort()]
  const { owner, identity } = dovecot
  const { uid, gid } = owner
  const refusing = await startRefusing()
  const domains = [...new Set(users.map((user) => user.slice(user.indexOf('@') + 1)))]
  const boxes = users.map((user) => `${user} ${user.slice(0, user.indexOf('@'))}/`)
  await writeFile(join(config, 'boxes'), `${boxes.join('\n')}\n`)
  await writeFile(join(config, 'transport'), `bounces.example smtp:[127.0.0.1]:${refusing.port}\n`)
  const settings = {
    compatibility_level: '3.6',
    queue_directory: queue,
    data_directory: data,
    maillog_file: join(data, 'log'),
    maillog_file_prefixes: folder,
    myhostname: 'mx.shop.example',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mydestination: '',
    mynetworks: '192.0.2.0/24',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
    virtual_mailbox_domains: domains.join(' '),
    virtual_mailbox_base: dovecot.mail,
    virtual_mailbox_maps: `texthash:${config}/boxes`,
    virtual_uid_maps: `static:${uid}`,
    virtual_gid_maps: `static:${gid}`,
    virtual_minimum_uid: '1',
    transport_maps: `texthash:${config}/transport`,
    relay_domains: 'bounces.example',
    relay_recipient_maps: '',
    smtpd_sasl_auth_enable: 'yes',
    smtpd_sasl_type: 'dovecot',
    smtpd_sasl_path: dovecot.authSocket,
    broken_sasl_auth_clients: 'no',
    smtpd_relay_restrictions: 'permit_sasl_authenticated reject_unauth_destination',
    smtpd_recipient_restrictions: 'reject_unlisted_recipient permit_sasl_authenticated reject_unauth_destination',
    smtpd_sasl_security_options: 'noanonymous',
    disable_dns_lookups: 'yes',
    smtpd_error_sleep_time: '0',
    in_flow_delay: '0',
    plaintext_reject_code: '550',
    message_size_limit: '1000000',
    ...(identity && {
      smtpd_tls_key_file: identity.key,
      smtpd_tls_cert_file: identity.cert,
      smtpd_tls_security_level: 'may',
    }),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  await writeFile(join(config, 'main.cf'), `${lines.join('\n')}\n`)
  await writeFile(join(config, 'master.cf'), services(port, securePort))
  // It only starts where its queue has the rights that it expects.
  await run('postfix', ['-c', config, 'start'])
  await answers(port, () => null)
  return {
    port,
    securePort,
    async stop() {
      await run('postfix', ['-c', config, 'stop']).catch(() => undefined)
      await refusing.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The server of `bounces.example`, which knows nobody. */
async function startRefusing(): Promise<Pick<Postfix, 'port' | 'stop'>> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: (_address, _session, done) =>
      done(Object.assign(new Error('5.1.1 No such user here'), { responseCode: 550 })),
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}

const services = (port: number, securePort: number): string =>
  [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    `127.0.0.1:${securePort} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes`,
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'smtp unix - - n - - smtp',
    'relay unix - - n - - smtp',
    'showq unix n - n - - showq',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n')
