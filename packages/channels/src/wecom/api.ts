import type { Api } from '../families/wechat/api.ts'
import type { Config } from './config.ts'

/** https://developer.work.weixin.qq.com/document/path/91039 (2026-11) */
export const wecomApi: Api<Config> = {
  tokenName: 'access-token',
  tokenRequest: ({ corpId, secret }) => ({
    path: `cgi-bin/gettoken?${new URLSearchParams({ corpid: corpId, corpsecret: secret }).toString()}`,
    request: {},
  }),
  secretsOf: ({ secret }) => [secret, encodeURIComponent(secret)],
  /** https://developer.work.weixin.qq.com/document/path/90313 (2026-11) */
  rules: {
    [-1]: ['retry', 'provider-failed', 2_000],
    40_001: ['rejected', 'credentials-refused'],
    40_004: ['rejected', 'media-refused'],
    40_005: ['rejected', 'media-refused'],
    40_006: ['rejected', 'too-large'],
    40_007: ['rejected', 'media-gone'],
    40_008: ['rejected', 'unsupported'],
    40_009: ['rejected', 'too-large'],
    40_010: ['rejected', 'too-large'],
    40_011: ['rejected', 'too-large'],
    40_013: ['rejected', 'credentials-refused'],
    40_014: ['rejected', 'credentials-refused'],
    40_058: ['rejected', 'content-refused'],
    40_096: ['rejected', 'address-unknown'],
    41_001: ['rejected', 'credentials-refused'],
    42_001: ['rejected', 'credentials-refused'],
    45_001: ['rejected', 'too-large'],
    45_002: ['rejected', 'too-long'],
    45_009: ['retry', 'rate-limited', 60_000],
    45_033: ['retry', 'rate-limited', 1_000],
    48_002: ['rejected', 'not-permitted'],
    60_020: ['rejected', 'not-permitted'],
    95_000: ['rejected', 'not-permitted'],
    95_001: ['rejected', 'quota-used'],
    95_004: ['rejected', 'not-permitted'],
    95_007: ['rejected', 'not-permitted'],
    95_011: ['rejected', 'not-permitted'],
    95_012: ['rejected', 'not-permitted'],
    95_013: ['rejected', 'window-closed'],
    95_017: ['rejected', 'not-permitted'],
    95_018: ['rejected', 'window-closed'],
  },
}
