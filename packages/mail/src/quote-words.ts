/** How mail programs introduce what they quote, in the languages people use them in. All lists are matched without regard to case. */

const alternatives = (text: string) =>
  text
    .split('|')
    .map((word) => word.trim())
    .filter(Boolean)
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replace(/[.*+?^${}()[\]\\]/g, '\\$&').replaceAll(' ', '\\s+'))
    .join('|')

/** The verb of "On … somebody wrote:". */
export const wrote = alternatives(`
  wrote|writes|write|said|has written|schrieb|schrieb am|schrieben Sie|schreibt|hat geschrieben|geschrieben|a écrit|a ecrit|écrivait|écrit|escribió|escribio|ha escrito|escribe|escreveu|escreve|
  ha scritto|scrive|scritto|schreef|schreef het volgende|heeft geschreven|het volgende geschreven|написал(а)|написал|написала|пишет|писал|писал(а)|написали|написав|написав(ла)|написала|пише|
  napisał(a)|napisał|napisała|pisze|napisal(a)|napisal|skrev|skrev følgende|skrev följande|skriver|kirjoitti|kirjoitti seuraavasti|yazdı|şunu yazdı|tarihinde yazdı|şunları yazdı|
  napsal(a)|napsal|napsala|píše|napísal(a)|napísal|napísala|írta|ezt írta|a következőt írta|a scris|έγραψε|έγραψαν|написа|je napisao|je napisao/la|je napisala|je napisal|je napisal/a|rašė|rakstīja|kirjutas|
  va escriure|ha escrit|đã viết|viết|kata|menulis|tulis|คัดลอกมา|เขียนว่า|ได้เขียน|ने लिखा|نوشت|نوشته است|كتب|كتبت|كتب ما يلي|כתב|כתבה|כתב/ה|‏כתב|
  写道|写到|寫道|寫到|写了|来信写道|书写|书写道|發信寫道|さんは書きました|さんが書きました|は書きました|が書きました|のメール|さんのメール|からのメール|のメッセージ|님이 작성|님이 작성한 메시지|님이 쓴 글|님이 다음과 같이 썼습니다|작성|님께서 작성하신 글|님의 메시지`)

/** How such a sentence begins, when it runs over several lines. */
export const wroteStart = alternatives(`
  On|At|Am|Le|El|Em|No dia|Il|Il giorno|In data|Op|Den|Dne|Dňa|W dniu|Dnia|Pe|În|La|Στις|Ngày|Vào|Vào lúc|Pada|Tanggal|U|Dana|Dne|Kuupäeval|Tarihinde|Em seg|Il giorno|Lähettäjä|在|於|于|في|بتاريخ|ב-|בתאריך|เมื่อ|วันที่|Έγραψε|A(z)|El dia|Citando|Quoting|Zitat von|Dia|Pada tanggal`)

/** "-----Original Message-----": what follows is history. */
export const original = alternatives(`
  Original Message|Original message|Original Appointment|Original E-mail|Original Email|Original|Reply Message|Replied Message|Reply above this line|Ursprüngliche Nachricht|Ursprüngliche E-Mail|Ursprüngliche Mail|Originalnachricht|Original-Nachricht|Ursprünglicher Termin|Antwort Nachricht|Antwortnachricht|
  Message d'origine|Message d’origine|Message original|Message initial|Mail original|E-mail original|Courriel original|Mensaje original|Mensaje Original|Mensagem original|Mensagem Original|Mensagem de origem|Messaggio originale|Messaggio Originale|
  Oorspronkelijk bericht|Origineel bericht|Исходное сообщение|Оригинальное сообщение|Первоначальное сообщение|Вихідне повідомлення|Оригінальне повідомлення|Початкове повідомлення|Oryginalna wiadomość|Wiadomość oryginalna|Ursprungligt meddelande|Originalmeddelande|Ursprungligt brev|
  Oprindelig meddelelse|Oprindelig besked|Oprindelig mail|Original besked|Opprinnelig melding|Opprinnelig meddelelse|Alkuperäinen viesti|Orijinal Mesaj|Orijinal İleti|Özgün İleti|Orjinal Mesaj|Původní zpráva|Původní e-mail|Původní mail|Originální zpráva|Pôvodná správa|Pôvodný e-mail|Eredeti üzenet|
  Mesaj original|Mesajul original|Αρχικό μήνυμα|Оригинално съобщение|Оригинално писмо|Izvorna poruka|Originalna poruka|Izvirno sporočilo|Originalno sporočilo|Originalteade|Originaalkiri|Algne sõnum|Sākotnējais ziņojums|Oriģinālais ziņojums|Pradinis laiškas|Originalus laiškas|Missatge original|Mensaxe orixinal|Jatorrizko mezua|Upprunaleg skilaboð|Upphaflegt skeyti|Mesej asal|मूल संदेश|Thư gốc|Tin nhắn gốc|Pesan Asli|Pesan asli|ข้อความต้นฉบับ|ข้อความดั้งเดิม|ข้อความเดิม|الرسالة الأصلية|رسالة أصلية|הודעה מקורית|پیام اصلی|
  原始邮件|原始郵件|原始信息|原始消息|原始电子邮件|原文|原文件|原邮件信息|回复原邮件|回复的原邮件|回复的邮件|原邮件|原信件|原始信件|原始讯息|原始訊息|元のメッセージ|オリジナルメッセージ|元のメール|원본 메시지|원본메시지|원본 메일|원본메일|원문 메시지`)

/** What somebody passes on. */
export const forwardedMark = alternatives(`
  Forwarded message|Forwarded Message|Begin forwarded message|Forwarded by|Forwarded mail|Forwarded letter|Start of forwarded message|Weitergeleitete Nachricht|Anfang der weitergeleiteten Nachricht|Beginn der weitergeleiteten Nachricht|Weitergeleitete Mail|
  Message transféré|Message transmis|Début du message réexpédié|Début du message transféré|Message réexpédié|Mensaje reenviado|Inicio del mensaje reenviado|Mensagem encaminhada|Mensagem reencaminhada|Mensagem reenviada|Início da mensagem encaminhada|Início da mensagem reencaminhada|
  Messaggio inoltrato|Inizio messaggio inoltrato|Messaggio Inoltrato|Doorgestuurd bericht|Begin doorgestuurd bericht|Doorgestuurde mail|Пересланное сообщение|Пересылаемое сообщение|Начало переадресованного сообщения|Начало пересылаемого сообщения|Переслане повідомлення|
  Przekazana wiadomość|Wiadomość przekazana|Początek przekazywanej wiadomości|Treść przekazanej wiadomości|Vidarebefordrat meddelande|Vidarebefordrat brev|Vidarebefordrat mejl|Vidaresänt meddelande|Börja på vidarebefordrat meddelande|Videresendt besked|Videresendt meddelelse|Start på videresendt besked|Videresendt melding|Videresendt e-post|Begynnelse på videresendt melding|
  Edelleenlähetetty viesti|Välitetty viesti|Välitetty viesti alkaa|Edelleenlähetetty viesti alkaa|İletilen mesaj|Yönlendirilen mesaj|Yönlendirilmiş mesaj|İletilmiş ileti başlangıcı|İletilen ileti|Přeposlaná zpráva|Začátek přeposlané zprávy|Předaná zpráva|Preposlaná správa|Továbbított üzenet|Továbbított levél|Mesaj redirecționat|Προωθημένο μήνυμα|Препратено съобщение|Proslijeđena poruka|
  Thư được chuyển tiếp|Thư chuyển tiếp|Tin nhắn được chuyển tiếp|Forward tin nhắn|Pesan terusan|Pesan diteruskan|ข้อความที่ส่งต่อ|الرسالة المعاد توجيهها|رسالة معاد توجيهها|رسالة تم تحويلها|بداية الرسالة المحولة|הודעה שהועברה|پیام ارسالی|
  转发邮件|转发的邮件|转发的原邮件|转发邮件信息|转发信息|被转发邮件|已转发邮件|以下是转发的邮件|轉寄郵件|轉寄的郵件|轉寄信件|開始轉寄郵件|以下為轉寄郵件|転送メッセージ|転送されたメッセージ|転送されたメール|以下、転送|전달된 메시지|전달한 메시지|전달된 메일|전달 메시지`)

/** Subjects of forwards, the bare prefix. */
export const forwardPrefix =
  /^\s*(?:\[[^\]]*\]\s*)?(?:fwd?|fw|wg|tr|rv|enc|doorst|vb|vs|vl|vl|pd|i|ilt|İlt|пер|пересл|转发|轉寄|轉發|転送|전달|tov|прп|přep|yön|chuyển tiếp|إعادة توجيه)\s*[:：]/i

export type Label = 'from' | 'date' | 'to' | 'subject' | 'cc'

/** The lines of a header block as mail programs print it above the mail that is answered. */
export const labels: Record<Label, string> = {
  from: alternatives(
    `From|Von|De|Da|Van|От|От кого|Від|Od|Från|Fra|Frå|Lähettäjä|Kimden|Gönderen|Feladó|De la|Από|Pošiljatelj|Pošiljalac|发件人|發件人|寄件者|寄件人|发信人|差出人|送信者|送信元|보낸 사람|보낸사람|보낸이|Từ|Người gửi|Dari|Pengirim|จาก|من|المرسل|מאת|از|Nadawca|Отправитель|Expéditeur|Remitente|Remetente|Mittente|Absender|Afzender|Απο|Αποστολέας|Šalje|Saatja|No|Nuo|Nork|Frá|प्रेषक|Daripada|फ़्रॉम|Odesílatel|Odesilatel|Avsändare|Afsender|Avsender`,
  ),
  date: alternatives(
    `Sent|Date|Sent at|Message du|Gesendet|Gesendet am|Datum|Envoyé|Envoyé le|Enviado|Enviado el|Enviada em|Enviada|Enviado em|Fecha|Data|Inviato|Data invio|Verzonden|Отправлено|Дата|Дата и время|Відправлено|Надіслано|Wysłano|Wysłane|Skickat|Sendt|Dato|Lähetetty|Päivämäärä|Pvm|Gönderilme|Gönderildi|Gönderim Tarihi|Tarih|Odesláno|Odoslané|Dátum|Elküldve|Trimis|Data|Ημερομηνία|Στάλθηκε|Изпратено|Poslano|发送时间|发送日期|发件时间|發送時間|日期|时间|寄件日期|傳送時間|傳送日期|已傳送|送信日時|送信日|日時|日付|보낸 날짜|보낸날짜|날짜|보낸 시간|Αποστολή|Poslato|Saadetud|Saatmisaeg|Kuupäev|Nosūtīts|Datums|Išsiųsta|Enviat el|Enviat|Bidalia|Sent þann|Dagsetning|भेजा गया|दिनांक|Dihantar|Tarikh|Terkirim|Päiväys|Gönderilme zamanı|ส่ง|ارسال شده|Đã gửi|Đã gửi vào lúc|Ngày|Ngày gửi|Dikirim|Tanggal|ส่งแล้ว|วันที่|ส่งเมื่อ|تاريخ الإرسال|تم الإرسال|التاريخ|أرسلت|נשלח|תאריך|تاریخ`,
  ),
  to: alternatives(
    `To|An|À|A|Para|Aan|Кому|Do|Till|Til|Vastaanottaja|Kime|Alıcı|Címzett|Către|Προς|До|Za|Prima|Destinataire|Destinatario|Destinatário|收件人|收件者|收信人|宛先|受信者|받는 사람|받는사람|받는이|Đến|Tới|Người nhận|Kepada|Untuk|ถึง|إلى|المستلم|אל|به|Komu|Odbiorca|Получатель|Šalje za|Adressaat|Kam|Per a|A l'atenció de|Nori|Viðtakandi|प्रति|Empfänger|Primatelj|Primalac`,
  ),
  subject: alternatives(
    `Subject|Betreff|Thema|Objet|Sujet|Asunto|Assunto|Oggetto|Onderwerp|Тема|Temat|Ämne|Emne|Aihe|Konu|Předmět|Predmet|Tárgy|Subiect|Θέμα|Относно|主题|主題|主旨|标题|標題|件名|題名|제목|Chủ đề|Tiêu đề|Perihal|Subjek|เรื่อง|ชื่อเรื่อง|Naslov|Zadeva|Teema|Temats|Tēma|Tema|Assumpte|Gaia|Efni|विषय|الموضوع|موضوع|נושא`,
  ),
  cc: alternatives(
    `Cc|CC|Bcc|Kopie|Copie|Copia|Cópia|Копия|DW|Kopia|Kopi|Kopio|Bilgi|Másolat|抄送|副本|参照|참조|Đồng gửi|نسخة|Reply-To|Antwort an|回复|抄送至|Importance|Priority|Prioritet|Wichtigkeit|Priorität|Attachments|Anhänge|附件`,
  ),
}

/** What virus scanners say of themselves. */
export const scanned =
  /^(?:this (?:e-?mail|message) has been (?:checked|scanned) for viruses|diese e-?mail wurde von .{2,40} auf viren (?:geprüft|überprüft)|l['’]absence de virus dans ce (?:courrier|message)|este (?:correo electrónico|mensaje) ha sido (?:comprobado|analizado) en busca de virus|questa e-?mail è stata (?:controllata|esaminata) per individuare virus|deze e-?mail is gecontroleerd op virussen|este e-?mail foi (?:verificado|escaneado)|ta wiadomość została sprawdzona|это сообщение проверено на вирусы|(?:virus-?free|virenfrei|garanti sans virus|libre de virus|privo di virus|virusvrij|livre de vírus|wolny od wirusów|без вирусов)\.?\s*(?:\[?(?:https?:\/\/)?(?:www\.)?avast|<))/isu

/** Legal text that firms append to whatever leaves the house. */
export const disclaimer =
  /(?:this (?:e-?mail|message|communication|transmission).{0,120}(?:confidential|privileged|intended (?:only|solely)|intended for)|(?:confidentiality|legal) (?:notice|disclaimer)|disclaimer\s*:|the information (?:contained )?in this (?:e-?mail|message)|if you (?:are not|have received).{0,40}(?:intended recipient|in error)|le informazioni contenute (?:in|nel).{0,60}(?:messaggio|e-?mail)|les informations contenues dans (?:ce|cet).{0,30}(?:message|courriel|mail)|la información contenida en (?:este|el presente)|as informações contidas nest[ae]|der inhalt dieser e-?mail|die in dieser e-?mail enthaltenen informationen|de informatie in (?:dit|deze) (?:bericht|e-?mail)|informacje zawarte w (?:tej|niniejszej)|免责声明|保密声明|免責聲明|please consider the environment|think before (?:you )?print|diese (?:e-?mail|nachricht).{0,80}(?:vertraulich|rechtlich geschützt)|ce (?:message|courriel|mail).{0,80}confidentiel|este (?:mensaje|correo|e-?mail).{0,100}(?:confidencial|destinatario)|esta mensagem.{0,80}confidencia|(?:questo messaggio|questa e-?mail|il presente messaggio).{0,100}(?:riservat|confidenzial|destinatari)|(?:dit|deze) (?:bericht|e-?mail).{0,80}vertrouwelijk|это (?:сообщение|письмо).{0,100}конфиденциальн|настоящее (?:сообщение|письмо).{0,100}конфиденциальн|ta wiadomość.{0,100}poufn|niniejsza wiadomość.{0,100}poufn|detta (?:meddelande|mejl).{0,100}(?:konfidentiell|sekretess)|bu (?:e-?posta|mesaj|ileti).{0,100}(?:gizli|yalnızca)|(?:本|此)(?:邮件|電子郵件|电子邮件|郵件|信件).{0,60}(?:保密|机密|機密|仅供|僅供|仅限|僅限)|このメール.{0,60}(?:機密|秘密)|본 (?:메일|이메일|메시지).{0,60}(?:기밀|비밀)|email này.{0,80}(?:bảo mật|mật))/isu
