import type { WidgetLocale } from '@qiao/protocol/inbox'
import { locale } from './words.ts'

/** Of going on in another app, in one part of their own: fetched when somebody wants to. */
const en = {
  note: 'You go on in the same chat there. The code works once, for 15 minutes.',
  scan: 'Scan this code to go on in {app}.',
  keep: 'Take a screenshot and scan it to go on in {app}.',
  code: 'Code for {app}',
  open: 'Open {app}',
  none: 'This is not possible at the moment.',
}
export type ContinueWords = typeof en

export const allContinueWords: Record<WidgetLocale, ContinueWords> = {
  en,
  'zh-CN': {
    note: '在那里继续的是同一段对话。二维码仅可使用一次，15 分钟内有效。',
    scan: '扫码后在{app}中继续。',
    keep: '请截图，再扫描图中的二维码，在{app}中继续。',
    code: '{app}二维码',
    open: '打开{app}',
    none: '目前无法在其他应用中继续。',
  },
  'zh-TW': {
    note: '在那裡繼續的是同一段對話。行動條碼僅可使用一次，15 分鐘內有效。',
    scan: '掃描後在{app}中繼續。',
    keep: '請截圖，再掃描圖中的行動條碼，在{app}中繼續。',
    code: '{app}行動條碼',
    open: '開啟{app}',
    none: '目前無法在其他應用程式中繼續。',
  },
  ja: {
    note: '同じチャットをそのまま続けられます。コードは1回限り、15分間有効です。',
    scan: 'コードを読み取ると{app}で続けられます。',
    keep: 'スクリーンショットを撮って読み取ると、{app}で続けられます。',
    code: '{app}用のコード',
    open: '{app}を開く',
    none: '現在ご利用いただけません。',
  },
  ko: {
    note: '같은 대화를 그대로 이어갑니다. 코드는 한 번, 15분 동안 사용할 수 있습니다.',
    scan: '코드를 스캔하면 {app}에서 이어집니다.',
    keep: '화면을 캡처해 스캔하면 {app}에서 이어집니다.',
    code: '{app} 코드',
    open: '{app} 열기',
    none: '지금은 이용할 수 없습니다.',
  },
  es: {
    note: 'Allí sigue en la misma conversación. El código sirve una sola vez, durante 15 minutos.',
    scan: 'Escanee este código para seguir en {app}.',
    keep: 'Haga una captura de pantalla y escanéela para seguir en {app}.',
    code: 'Código para {app}',
    open: 'Abrir {app}',
    none: 'No es posible en este momento.',
  },
  fr: {
    note: 'Vous y poursuivez la même conversation. Le code sert une seule fois, pendant 15 minutes.',
    scan: 'Scannez ce code pour continuer dans {app}.',
    keep: 'Faites une capture d’écran et scannez-la pour continuer dans {app}.',
    code: 'Code pour {app}',
    open: 'Ouvrir {app}',
    none: 'Ce n’est pas possible pour le moment.',
  },
  de: {
    note: 'Dort geht derselbe Chat weiter. Der Code gilt einmal, 15 Minuten lang.',
    scan: 'Scannen Sie diesen Code, um in {app} weiterzuschreiben.',
    keep: 'Machen Sie ein Bildschirmfoto und scannen Sie es, um in {app} weiterzuschreiben.',
    code: 'Code für {app}',
    open: '{app} öffnen',
    none: 'Das ist gerade nicht möglich.',
  },
  'pt-BR': {
    note: 'Você continua a mesma conversa lá. O código vale uma única vez, por 15 minutos.',
    scan: 'Leia este código para continuar no {app}.',
    keep: 'Faça uma captura de tela e leia-a para continuar no {app}.',
    code: 'Código para o {app}',
    open: 'Abrir o {app}',
    none: 'Não é possível no momento.',
  },
  ru: {
    note: 'Там продолжится этот же чат. Код действует один раз, 15 минут.',
    scan: 'Отсканируйте код, чтобы продолжить в {app}.',
    keep: 'Сделайте снимок экрана и отсканируйте его, чтобы продолжить в {app}.',
    code: 'Код для {app}',
    open: 'Открыть {app}',
    none: 'Сейчас это невозможно.',
  },
  ar: {
    note: 'ستتابع المحادثة نفسها هناك. يصلح الرمز مرة واحدة ولمدة 15 دقيقة.',
    scan: 'امسح هذا الرمز للمتابعة في {app}.',
    keep: 'التقط صورة للشاشة وامسحها للمتابعة في {app}.',
    code: 'رمز {app}',
    open: 'فتح {app}',
    none: 'هذا غير ممكن في الوقت الحالي.',
  },
  vi: {
    note: 'Bạn tiếp tục cùng cuộc trò chuyện ở đó. Mã dùng được một lần, trong 15 phút.',
    scan: 'Quét mã này để tiếp tục trong {app}.',
    keep: 'Chụp màn hình rồi quét ảnh để tiếp tục trong {app}.',
    code: 'Mã cho {app}',
    open: 'Mở {app}',
    none: 'Hiện không thể thực hiện.',
  },
}

export const sayOfContinuing = (key: keyof ContinueWords, app = ''): string =>
  allContinueWords[locale.value][key].replace('{app}', app)

/** What the channel is called by who reads it. */
export const appName = ({ zh, en: name }: { zh: string; en: string }): string =>
  locale.value.startsWith('zh') ? zh : name
