import type { OutputOf, checkSignIn as endpoint } from '@qiao/protocol'
import * as oidc from 'openid-client'
import { z } from 'zod'
import { AppError } from '#platform/errors'
import { messageOf } from '#platform/thrown'
import { discover } from './sign-in-provider.ts'
import { callbackUrlOf, openSignIn, type SavedSignIn, type SignInDeps } from './sign-in-settings.ts'
import { requireInbox } from './store.ts'

type Finding = OutputOf<typeof endpoint>['findings'][number]

const right = (zh: string, en: string): Finding => ({ ok: true, words: { zh, en } })
const wrong = (zh: string, en: string): Finding => ({ ok: false, words: { zh, en } })

const documentOf = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
  scopes_supported: z.array(z.string()).optional(),
})

/** Asks as far as it can be asked without a person: where the endpoints are, the keys, and whether it knows us. */
export async function checkSignIn(deps: SignInDeps, inboxId: string): Promise<Finding[]> {
  const { key } = await requireInbox(deps.db, inboxId)
  const saved = await openSignIn(deps, inboxId)
  if (!saved) return [wrong('还没有保存登录设置。', 'Nothing is saved yet.')]
  const document = await readDocument(deps, saved)
  if ('ok' in document) return [document]
  const said = judge(document, saved)
  if (said.some(({ ok }) => !ok)) return said
  return [
    ...said,
    await checkKeys(deps, document.jwks_uri),
    await checkClient(deps, saved, callbackUrlOf(deps.url, key)),
  ]
}

async function readDocument(deps: SignInDeps, { fields: { issuer } }: SavedSignIn) {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const asked = await ask(() => deps.fetch(address, { timeoutMs: 10_000 }))
  if ('ok' in asked) return asked
  if (asked.status !== 200)
    return wrong(
      `${address} 返回了 HTTP ${asked.status}，而不是发现文档。请检查签发者（issuer）地址。`,
      `${address} answered HTTP ${asked.status} instead of the discovery document. Check the issuer.`,
    )
  const parsed = documentOf.safeParse(jsonOf(asked.body))
  if (parsed.success) return parsed.data
  const missing = parsed.error.issues[0]?.path.join('.') ?? ''
  return wrong(
    `${address} 不是 OpenID Connect 的发现文档${missing ? `，缺少 ${missing}` : ''}。`,
    `${address} is not a discovery document of OpenID Connect${missing ? `: ${missing} is missing` : ''}.`,
  )
}

function judge(document: z.infer<typeof documentOf>, { fields }: SavedSignIn): Finding[] {
  const { issuer } = document
  const sameIssuer = URL.canParse(issuer) && new URL(issuer).href === new URL(fields.issuer).href
  const pkce = document.code_challenge_methods_supported
  const algorithms = document.id_token_signing_alg_values_supported
  const unknown = fields.scopes.filter((scope) => document.scopes_supported?.includes(scope) === false)
  return [
    sameIssuer
      ? right(`已找到身份提供方：${issuer}`, `The provider was found: ${issuer}`)
      : wrong(
          `提供方自称“${issuer}”，这里填的是“${fields.issuer}”。两者必须完全一致。`,
          `The provider calls itself “${issuer}”, not “${fields.issuer}”. Both have to be the same.`,
        ),
    ...(pkce && !pkce.includes('S256')
      ? [wrong('提供方不支持 PKCE（S256）。', 'The provider does not take PKCE with S256.')]
      : []),
    ...(algorithms && !algorithms.some((name) => /^(?:[REP]S\d|EdDSA|Ed25519|ML-DSA)/.test(name))
      ? [wrong('提供方没有用公钥签名身份令牌。', 'The provider does not sign with a public key.')]
      : []),
    ...(unknown.length > 0
      ? [
          wrong(
            `提供方没有列出这些范围（scope）：${unknown.join(' ')}`,
            `The provider does not list these scopes: ${unknown.join(' ')}`,
          ),
        ]
      : []),
  ]
}

async function checkKeys(deps: SignInDeps, address: string): Promise<Finding> {
  const asked = await ask(() => deps.fetch(address, { timeoutMs: 10_000 }))
  if ('ok' in asked) return asked
  const keys = z.object({ keys: z.array(z.unknown()).min(1) }).safeParse(jsonOf(asked.body))
  return asked.status === 200 && keys.success
    ? right('已取得签名公钥。', 'Its public keys were read.')
    : wrong(`无法从 ${address} 取得签名公钥。`, `Its public keys cannot be read at ${address}.`)
}

/** A code that was never given out: the provider looks at who asks before it looks at the code. */
async function checkClient(deps: SignInDeps, saved: SavedSignIn, callbackUrl: string): Promise<Finding> {
  const state = oidc.randomState()
  const answer = new URL(callbackUrl)
  answer.search = new URLSearchParams({ code: 'qiao-check', state, iss: saved.fields.issuer }).toString()
  try {
    const { config } = await discover(saved, deps.fetch)
    answer.searchParams.set('iss', config.serverMetadata().issuer)
    await oidc.authorizationCodeGrant(config, answer, {
      expectedState: state,
      pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
      idTokenExpected: true,
    })
  } catch (error) {
    if (error instanceof oidc.ResponseBodyError) {
      if (error.error === 'invalid_grant')
        return right('提供方认可客户端 ID 和密钥。', 'The provider takes the client id and the secret.')
      if (error.error === 'invalid_client' || error.error === 'unauthorized_client' || error.status === 401)
        return wrong('提供方不认可客户端 ID 或密钥。', 'The provider does not take the client id or the secret.')
      return cannotTell(error.error)
    }
    // Only what asks for credentials answers so.
    if (error instanceof oidc.WWWAuthenticateChallengeError)
      return wrong('提供方不认可客户端 ID 或密钥。', 'The provider does not take the client id or the secret.')
    return cannotTell(messageOf(error))
  }
  return cannotTell('200')
}

const cannotTell = (said: string): Finding =>
  right(
    `无法在没有人登录的情况下检查客户端 ID 和密钥（提供方的回答：${said}）。请打开聊天页登录一次。`,
    `Whether it takes the client id and the secret shows only when somebody signs in (it answered: ${said}). Open the chat page and try.`,
  )

async function ask<Answer extends object>(work: () => Promise<Answer>): Promise<Answer | Finding> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.code === 'target-url-refused')
      return wrong(
        '不允许访问这个地址：它不是公网地址。',
        'This address may not be called: it is not one of the public internet.',
      )
    const why = messageOf(error)
    return wrong(`无法连接到身份提供方：${why}`, `The provider cannot be reached: ${why}`)
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}
