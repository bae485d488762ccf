import { useCallback } from 'react'
import { type WordKey, defineWords, useWords } from '../../../shared/i18n.ts'

/** Names of what the log records. An action that has no name yet is shown by its code. */
export const actionWords = defineWords('settings-audit-actions', {
  'zh-CN': {
    'agent.signed-in': '登录',
    'agent.signed-out': '退出登录',
    'agent.password-changed': '修改密码',
    'agent.password-reset': '重置密码',
    'agent.two-factor-enabled': '开启两步验证',
    'agent.two-factor-disabled': '关闭两步验证',
    'agent.backup-codes-made': '生成备用码',
    'organisation.set-up': '完成初始设置',
  },
  en: {
    'agent.signed-in': 'Signed in',
    'agent.signed-out': 'Signed out',
    'agent.password-changed': 'Changed the password',
    'agent.password-reset': 'Reset the password',
    'agent.two-factor-enabled': 'Turned two-step verification on',
    'agent.two-factor-disabled': 'Turned two-step verification off',
    'agent.backup-codes-made': 'Made backup codes',
    'organisation.set-up': 'Set the system up',
  },
})

type KnownAction = WordKey<typeof actionWords>
const isKnown = (action: string): action is KnownAction => action in actionWords.en

export function useActionName(): (action: string) => string {
  const t = useWords(actionWords)
  return useCallback((action: string) => (isKnown(action) ? t(action) : action), [t])
}
