/** What people say of parcels, not of their phones. */
const notByPost = `(?!(?:\\S+ )?(?:post|brief|paket|einschreiben|courier|correo|poste|courrier|posta|raccomandata|correios?|dhl|ups|fedex)\\b(?! (?:para|per|for|pour) windows))`

const chinese = `iPhone|iPad|Android|安卓|手机|手機|平板|Mail|邮箱大师|邮箱|信箱|郵件|移动|行動|华为|HUAWEI|荣耀|HONOR|小米|Redmi|OPPO|vivo|魅族|一加|三星|Samsung|Galaxy|Windows|Outlook|Yahoo|企业微信|钉钉|飞书|foxmail|QQ|客户端`

/** "Sent from my iPhone", "Get Outlook for iOS". */
const device = new RegExp(
  `^[-–—\\s*_<([|]*(?:${[
    `sent (?:from|by|via|with|using)\\s+${notByPost}(?:my |a |an |the )?[\\w'’.:/()&®™ +-]{2,70}|from my (?:iphone|ipad|android|galaxy|phone|mobile|blackberry).{0,30}|\\p{Lu}\\p{L}+ from mobile`,
    `yahoo mail: search, organi[sz]e, conquer`,
    `(?:von|aus) (?:meinem|meiner)(?:/meine[mr])? [\\wäöüÄÖÜß .-]{2,40} gesendet|(?:gesendet|diese (?:nachricht|e-?mail) wurde) (?:von|mit|aus|über) ${notByPost}[\\wäöüß .:&/+()-]{2,70}`,
    `(?:cet e-?mail a été |ce message a été )?envoyé (?:de|depuis|à partir d[e'’]|avec|via) ?[\\wàâéèêîôûç' ’.:&/+()-]{2,70}`,
    `(?:enviado|enviada) (?:desde|do|da|de|a partir do|a partir de|via|pelo|por mi|con) ${notByPost}[\\wáéíóúñãõç' .:&/+()-]{2,70}`,
    `inviato (?:da|dal|con|tramite) ${notByPost}[\\wàèéìòù' .:&/+()-]{2,70}`,
    `(?:verzonden|verstuurd|gestuurd) (?:vanaf|met|via|van|vanuit) ${notByPost}[\\w' .:&/+()-]{2,70}`,
    `отправлено (?:с|из|через|со) .{2,60}|надіслано (?:з|із|через) .{2,60}|изпратено от (?:моя|моето|моят) .{2,40}`,
    `wysłan[eoy] (?:z|ze|przy użyciu|przez) .{2,60}`,
    `skicka(?:t|des) (?:från|via|med) .{2,60}|från min (?:iphone|ipad|mobil|android|galaxy).{0,20}|(?:sendt|sent) (?:fra|via|med) .{2,60}|lähetetty .{2,60}`,
    `.{2,40}(?:'?[ıiuü]mdan|'?[dt][ae]n|cihazımdan) gönderildi\\.?|windows için \\S+ ile gönderildi|odesláno (?:z|ze|přes|pomocí) .{2,60}|odoslané (?:z|zo) .{2,60}|poslano (?:s moje?g|iz moje?ga|z moje?ga) .{2,40}`,
    `(?:được |đã )?gửi (?:từ|bằng) .{2,60}|dikirim dari .{2,60}|تم الإرسال من .{2,60}|أ?رسلت من .{2,60}|مرسل من .{2,60}|נשלח מ.{2,60}|trimis de pe .{2,60}|elküldve .{2,60}|küldve az? (?:windows|iphone|ipad|android).{0,40}|στάλθηκε από .{2,60}|ส่งจาก ?.{2,60}`,
    `(?:发自|發自|发送自|發送自|来自|來自|传自|傳送自|寄自)(?:我的|我 ?的|My)?\\s*.{0,20}(?:${chinese})[^。，,？?]{0,16}`,
    `(?:从|從|由|自)\\s?(?:我的|我 ?的)?\\s*.{0,20}(?:${chinese})[^。，,]{0,16}(?:发送|發送|发出|傳送|传送|寄出)`,
    `.{0,30}(?:iPhone|iPad|Android|スマートフォン|モバイル|Galaxy|Xperia|メール|メールアプリ|Outlook).{0,10}(?:から送信|より送信|からの送信)(?:しました|されました)?。?`,
    `.{0,20}outlook.{0,20}を(?:入手|取得|ダウンロード)`,
    `.{2,30}에서\\s*보냄|.{2,30}에서 보낸 (?:메일|메시지)(?:입니다)?\\.?`,
    `(?:get|télécharger|téléchargez|obtenir|obtenez|obtener|obtenha|obter o|baixar|scarica|ottieni|download|laden sie|holen sie sich|hämta|hent|skaff deg|hanki|pobierz(?: aplikację)?|получить|скачать|stáhnout|获取|取得|下载|下載|tải) outlook (?:for|pour|para|per|voor|für|för|til|dla|для|pro|cho) ?.{2,30}`,
    `(?:获取|下载|取得)\\s*(?:适用于|用于|適用於)?.{0,20}\\s*(?:的)?\\s*outlook.{0,20}|outlook (?:for|voor|für|pour|para) (?:ios|android|mac)(?: downloaden)?|(?:ios|android) için outlook.{0,3} edinin`,
  ].join('|')})\\s*(?:[.,;]\\s*(?:please )?(?:excuse|forgive|pardon|ignore) .{2,60})?[-–—\\s*_.>)\\]|]*$`,
  'iu',
)

/** Whether a phone or a mail program appended this line. Where it links to says nothing. */
export const isDeviceLine = (text: string) =>
  text.length < 400 &&
  device.test(text.replaceAll(/<https?:[^\s<>]*>|\(https?:[^\s()]*\)|https?:\/\/\S+$|[[\]]/g, '').trim())
