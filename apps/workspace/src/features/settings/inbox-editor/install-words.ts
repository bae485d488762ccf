import { defineWords } from '../../../shared/i18n.ts'

export const installWords = defineWords('settings-inbox-install', {
  'zh-CN': {
    site: '放到网站上',
    siteHint: '把这一行代码放到每个页面的 </body> 之前，右下角就会出现聊天按钮。',
    csp: '网站有内容安全策略（CSP）时，请加上：',
    link: '聊天链接',
    linkHint: '同一个聊天的整页版本，可以放进公众号菜单、短信、App 的 WebView。',
    open: '打开聊天页',
    qr: '二维码',
    qrHint: '印在包装、海报或门店里，扫码直接开始聊天。',
    qrAlt: '{{name}}的聊天二维码',
    download: '下载图片',
  },
  en: {
    site: 'Put it on your site',
    siteHint: 'Put this line before </body> on each page. The chat button appears in the corner.',
    csp: 'If your site has a content security policy, add:',
    link: 'Link to the chat',
    linkHint: 'The same chat as a full page, for menus, text messages or the WebView of an app.',
    open: 'Open the chat page',
    qr: 'QR code',
    qrHint: 'For packages, posters or a shop: scanning it starts a chat.',
    qrAlt: 'QR code of the chat of {{name}}',
    download: 'Download the picture',
  },
})
