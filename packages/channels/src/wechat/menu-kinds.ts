import type { MenuKind } from '@qiao/protocol'

/**
 * What WeChat's phones do for an entry by themselves. The event comes back with the key; what was taken, as a message.
 * https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu (2026-11)
 */
const key = { name: 'key', title: { zh: '按键值', en: 'Key' }, as: 'key' as const }

export const menuKinds: readonly MenuKind[] = [
  {
    name: 'miniprogram',
    title: { zh: '打开小程序', en: 'Open a mini program' },
    fields: [
      { name: 'appid', title: { zh: '小程序 AppID', en: 'AppID of the mini program' }, as: 'text' },
      { name: 'pagepath', title: { zh: '小程序页面路径', en: 'Path of its page' }, as: 'text' },
      { name: 'url', title: { zh: '旧版微信打开的网址', en: 'Address for older versions of WeChat' }, as: 'url' },
    ],
  },
  { name: 'scancode_waitmsg', title: { zh: '扫码并等待回复', en: 'Scan and wait for an answer' }, fields: [key] },
  { name: 'scancode_push', title: { zh: '扫码', en: 'Scan' }, fields: [key] },
  { name: 'pic_photo_or_album', title: { zh: '拍照或从相册发图', en: 'Send a photo or picture' }, fields: [key] },
  { name: 'pic_sysphoto', title: { zh: '拍照发图', en: 'Take and send a photo' }, fields: [key] },
  { name: 'pic_weixin', title: { zh: '从微信相册发图', en: 'Send a picture of WeChat' }, fields: [key] },
  { name: 'location_select', title: { zh: '发送位置', en: 'Send a place' }, fields: [key] },
]
