import { betterAuth } from 'better-auth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { APIError } from 'better-auth/api'
import { uuidv7 } from 'uuidv7'
import type { Database } from '#platform/database/connect'
import type { Log } from '#platform/log'
import { hashPassword, verifyPassword } from './password.ts'

export interface SignInOptions {
  db: Database
  /** QIAO_URL. */
  url: string
  secret: string
  log: Log
  /** Called with the agent's address and the token of a reset link. */
  sendReset: (agent: { id: string; email: string; name: string }, token: string) => void
  passwordReset: (agentId: string) => Promise<void>
}

/** Carries the address that our own server believes; set on each request handed over, so nobody else can set it. */
export const clientAddressHeader = 'x-qiao-client-address'
const daySeconds = 86_400
export const resetLinkSeconds = 3600

/**
 * better-auth on our own tables: it keeps passwords, sessions and second factors; agents, roles and invitations are ours.
 * Only the paths that auth-routes.ts lists are reachable.
 */
export function createSignIn({ db, url, secret, log, sendReset, passwordReset }: SignInOptions) {
  return betterAuth({
    appName: 'Qiao',
    baseURL: url,
    basePath: '/api/auth',
    secret,
    database: { db, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    user: {
      modelName: 'agents',
      fields: {
        emailVerified: 'email_verified',
        image: 'avatar_url',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    session: {
      modelName: 'auth_sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      expiresIn: 14 * daySeconds,
      updateAge: daySeconds,
    },
    account: {
      modelName: 'auth_accounts',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'auth_verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      // A copy of the database must not let anybody reset a password.
      storeIdentifier: 'hashed',
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
      password: { hash: hashPassword, verify: verifyPassword },
      resetPasswordTokenExpiresIn: resetLinkSeconds,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => sendReset(user, token),
      onPasswordReset: async ({ user }) => passwordReset(user.id),
    },
    plugins: [
      twoFactor({
        issuer: 'Qiao',
        twoFactorTable: 'auth_two_factors',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    // Attempts are counted by attempts.ts, which knows accounts as well as addresses.
    rateLimit: { enabled: false },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const agent = await db
              .selectFrom('agents')
              .select('disabled_at')
              .where('id', '=', session.userId)
              .executeTakeFirst()
            if (!agent || agent.disabled_at) {
              throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DISABLED', message: 'This account is disabled' })
            }
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'qiao',
      useSecureCookies: url.startsWith('https:'),
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      // auth-routes.ts checks the origin of every request that changes something, by the same rule as all other routes.
      disableCSRFCheck: true,
    },
    logger: {
      level: 'warn',
      log: (level, message, ...details) => {
        // A wrong password is a warning there; here it is everyday life.
        if (level === 'error') log.error({ details: details.filter((detail) => detail instanceof Error) }, message)
        else log.debug(message)
      },
    },
  })
}

export type SignIn = ReturnType<typeof createSignIn>
