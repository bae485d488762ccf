/**
 * The space of unionids: one person has the same in all accounts that are bound to one open platform account, and nobody
 * else has it. Accounts of another open platform account have other ones, so that nothing is merged by mistake.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/union-id.md (2026-11)
 */
export const wechatUnion = 'wechat'
