import type { MessageTemplate } from '@qiao/protocol'
import { defineWords } from '../i18n.ts'

/** What is said of a template wherever one is shown. */
const zh = {
  preview: '客户将看到',
  'head.text': '文字',
  'head.image': '图片',
  'head.video': '视频',
  'head.file': '文件',
  'head.location': '地点',
  'state.approved': '已通过',
  'state.pending': '审核中',
  'state.rejected': '未通过',
  'state.paused': '已暂停',
  'state.disabled': '已停用',
  'category.utility': '服务通知',
  'category.marketing': '营销',
  'category.authentication': '验证码',
  'category.notification': '通知短信',
  'category.promotion': '推广短信',
  'category.verification': '验证码短信',
  'category.domestic': '国内短信',
  'category.international': '国际/港澳台短信',
}

const en: Record<keyof typeof zh, string> = {
  preview: 'What the customer will see',
  'head.text': 'Words',
  'head.image': 'Picture',
  'head.video': 'Video',
  'head.file': 'File',
  'head.location': 'Place',
  'state.approved': 'Approved',
  'state.pending': 'In review',
  'state.rejected': 'Rejected',
  'state.paused': 'Paused',
  'state.disabled': 'Disabled',
  'category.utility': 'Utility',
  'category.marketing': 'Marketing',
  'category.authentication': 'Authentication',
  'category.notification': 'Notification',
  'category.promotion': 'Promotion',
  'category.verification': 'Verification code',
  'category.domestic': 'Mainland China',
  'category.international': 'International',
}

type Key = keyof typeof zh
export const words = defineWords('shown-templates', { 'zh-CN': zh, en })

const isKey = (key: string): key is Key => key in zh

/** Providers have categories of their own; those that most have get our words. */
export function categoryWords(category: string, t: (key: Key) => string): string {
  const key = `category.${category.toLowerCase()}`
  return isKey(key) ? t(key) : category
}

/** Null for one that can be sent. */
export function reasonWords({ state, reason }: MessageTemplate, t: (key: Key) => string): string | null {
  if (state === 'approved') return null
  return reason ? `${t(`state.${state}`)} · ${reason}` : t(`state.${state}`)
}
