import type { Words } from '../../contract.ts'
import type { Problem } from '../../problem.ts'

/** What stands in the way of an account, in words that say what to do. */

interface Names {
  service: Words
  id: Words
  secret: string
}
/** By the code of the provider; `detail` is what it said itself. */
export type KnownCodes = Readonly<Record<string, (detail: string) => Words>>

export function findingWords(
  { code, detail = '', providerCode = '' }: Problem,
  { service, id, secret }: Names,
  known: KnownCodes,
): Words {
  const words = known[providerCode]?.(detail)
  if (words) return words
  if (code === 'credentials-refused') {
    return {
      zh: `${service.zh}不认${id.zh}或 ${secret}：核对两者，${secret} 重置过就重新粘贴。（${providerCode}）`,
      en: `${service.en} does not know the ${id.en} or the ${secret}: compare both, and paste the ${secret} again if it was reset. (${providerCode})`,
    }
  }
  if (code === 'no-answer') {
    return {
      zh: `连不上${service.zh}接口：检查本服务器的网络。（${detail}）`,
      en: `${service.en}’s API cannot be reached: look at the network of this server. (${detail})`,
    }
  }
  return {
    zh: `${service.zh}拒绝了：${detail}（${providerCode}）`,
    en: `${service.en} refuses: ${detail} (${providerCode})`,
  }
}
