import { useCallback } from 'react'
import { type WordKey, defineWords, useWords } from '../../../shared/i18n.ts'

/** What an action was done to, where the thing itself cannot be named any more. */
export const targetWords = defineWords('settings-audit-targets', {
  'zh-CN': {
    agent: '同事',
    'api-key': 'API 密钥',
    calendar: '工作时间',
    'capacity-profile': '接待容量',
    'disposition-code': '话后小结',
    session: '登录设备',
    inbox: '渠道',
    invitation: '邀请',
    organisation: '公司',
    queue: '队列',
    'reason-code': '原因',
    skill: '技能',
    team: '团队',
    webhook: 'Webhook',
  },
  en: {
    agent: 'Colleague',
    'api-key': 'API key',
    calendar: 'Opening hours',
    'capacity-profile': 'Capacity profile',
    'disposition-code': 'Disposition',
    session: 'Device',
    inbox: 'Inbox',
    invitation: 'Invitation',
    organisation: 'Company',
    queue: 'Queue',
    'reason-code': 'Reason',
    skill: 'Skill',
    team: 'Team',
    webhook: 'Webhook',
  },
})

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
    'agent.changed': '更改角色、团队或停用',
    'agent.invited': '邀请同事',
    'agent.routing-profile-changed': '更改坐席技能、容量或工号',
    'api-key.created': '新建 API 密钥',
    'api-key.revoked': '吊销 API 密钥',
    'calendar.changed': '更改工作时间',
    'calendar.created': '新建工作时间',
    'calendar.deleted': '删除工作时间',
    'capacity-profile.changed': '更改接待容量',
    'capacity-profile.created': '新建接待容量',
    'capacity-profile.deleted': '删除接待容量',
    'device.revoked': '退出一台设备',
    'disposition-code.changed': '更改话后小结',
    'disposition-code.created': '新建话后小结',
    'disposition-code.retired': '停用话后小结',
    'inbox.changed': '更改渠道',
    'inbox.created': '新建渠道',
    'inbox.deleted': '删除渠道',
    'inbox.secret-made': '生成身份密钥',
    'invitation.accepted': '接受邀请',
    'invitation.revoked': '撤回邀请',
    'organisation.changed': '更改公司设置',
    'queue.changed': '更改队列',
    'queue.created': '新建队列',
    'queue.deleted': '删除队列',
    'reason-code.changed': '更改原因',
    'reason-code.created': '新建原因',
    'reason-code.retired': '停用原因',
    'skill.changed': '重命名技能',
    'skill.created': '新建技能',
    'skill.deleted': '删除技能',
    'team.changed': '更改团队',
    'team.created': '新建团队',
    'team.deleted': '删除团队',
    'webhook.changed': '更改 Webhook',
    'webhook.created': '新建 Webhook',
    'webhook.deleted': '删除 Webhook',
    'webhook.secret-rotated': '更换 Webhook 签名密钥',
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
    'agent.changed': 'Changed role, teams or access',
    'agent.invited': 'Invited a colleague',
    'agent.routing-profile-changed': "Changed an agent's skills, capacity or number",
    'api-key.created': 'Created an API key',
    'api-key.revoked': 'Revoked an API key',
    'calendar.changed': 'Changed opening hours',
    'calendar.created': 'Created opening hours',
    'calendar.deleted': 'Deleted opening hours',
    'capacity-profile.changed': 'Changed a capacity profile',
    'capacity-profile.created': 'Created a capacity profile',
    'capacity-profile.deleted': 'Deleted a capacity profile',
    'device.revoked': 'Signed a device out',
    'disposition-code.changed': 'Changed a disposition',
    'disposition-code.created': 'Created a disposition',
    'disposition-code.retired': 'Retired a disposition',
    'inbox.changed': 'Changed an inbox',
    'inbox.created': 'Created an inbox',
    'inbox.deleted': 'Deleted an inbox',
    'inbox.secret-made': 'Made an identity secret',
    'invitation.accepted': 'Accepted an invitation',
    'invitation.revoked': 'Took an invitation back',
    'organisation.changed': 'Changed the company settings',
    'queue.changed': 'Changed a queue',
    'queue.created': 'Created a queue',
    'queue.deleted': 'Deleted a queue',
    'reason-code.changed': 'Changed a reason',
    'reason-code.created': 'Created a reason',
    'reason-code.retired': 'Retired a reason',
    'skill.changed': 'Renamed a skill',
    'skill.created': 'Created a skill',
    'skill.deleted': 'Deleted a skill',
    'team.changed': 'Changed a team',
    'team.created': 'Created a team',
    'team.deleted': 'Deleted a team',
    'webhook.changed': 'Changed a webhook',
    'webhook.created': 'Created a webhook',
    'webhook.deleted': 'Deleted a webhook',
    'webhook.secret-rotated': 'Changed a signing secret',
  },
})

type KnownAction = WordKey<typeof actionWords>
const isKnown = (action: string): action is KnownAction => action in actionWords.en

type KnownTarget = WordKey<typeof targetWords>
const isKnownTarget = (type: string): type is KnownTarget => type in targetWords.en

export function useTargetName(): (type: string) => string {
  const t = useWords(targetWords)
  return useCallback((type: string) => (isKnownTarget(type) ? t(type) : type), [t])
}

export function useActionName(): (action: string) => string {
  const t = useWords(actionWords)
  return useCallback((action: string) => (isKnown(action) ? t(action) : action), [t])
}
