import type { QuoteCase } from './quote-layouts.ts'

/** What the layouts do not cover: oddities of single programs, and texts that only look like quotes. */
export const quoteCases: QuoteCase[] = [
  { name: 'nothing but text', source: 'Where is my order?\nI wait.\n', kept: 'Where is my order?\nI wait.' },
  { name: 'empty', source: '', kept: '' },
  {
    name: 'a colon at the end of an ordinary line',
    source: 'On Monday I wrote:\nplease send it.\n',
    kept: 'On Monday I wrote:\nplease send it.',
  },
  {
    name: 'somebody wrote, without a date',
    source: 'Your colleague wrote:\nno refunds.\nIs that so?',
    kept: 'Your colleague wrote:\nno refunds.\nIs that so?',
  },
  { name: 'From alone', source: 'From: Berlin\nI want to go to Paris.', kept: 'From: Berlin\nI want to go to Paris.' },
  {
    name: 'To and Date alone',
    source: 'Flight details\nTo: Paris\nDate: 6 May\nPlease confirm.',
    kept: 'Flight details\nTo: Paris\nDate: 6 May\nPlease confirm.',
  },
  {
    name: 'a list with dashes',
    source: 'I need:\n- one cup\n- two plates\n',
    kept: 'I need:\n- one cup\n- two plates',
  },
  { name: 'dashes within the text', source: 'First\n\n---\n\nSecond', kept: 'First\n\n---\n\nSecond' },
  {
    name: 'a greeting stays',
    source: 'It works.\n\nBest regards,\nKim Doe',
    kept: 'It works.\n\nBest regards,\nKim Doe',
  },
  { name: 'dashes without a blank', source: 'It works.\n--\nKim Doe\nCustomer Ltd', kept: 'It works.' },
  { name: 'dashes with a blank', source: 'It works.\n-- \nKim Doe\n', kept: 'It works.' },
  {
    name: 'a command line option is no signature',
    source: 'Run it with --help\nand look.',
    kept: 'Run it with --help\nand look.',
  },
  {
    name: 'a long text below dashes is no signature',
    source: `Hello\n--\n${Array.from({ length: 40 }, (_, line) => `Line ${line}`).join('\n')}`,
    kept: `Hello\n--\n${Array.from({ length: 40 }, (_, line) => `Line ${line}`).join('\n')}`,
  },
  { name: 'an iPad', source: 'Yes please\n\nSent from my iPad', kept: 'Yes please' },
  { name: 'a phone of Samsung', source: 'Yes please\n\nSent from my Galaxy', kept: 'Yes please' },
  {
    name: 'Outlook for iOS',
    source:
      'Yes please\n\nGet Outlook for iOS<https://aka.example/o0ukef>\n________________________________\nFrom: Anna Berg <anna@shop.example>\nSent: Monday, May 6, 2024 10:12:00 AM\nTo: Kim <kim@customer.example>\nSubject: Order\n\nold',
    kept: 'Yes please',
  },
  {
    name: 'Mail for Windows',
    source:
      'Yes please\n\nSent from Mail for Windows\n\nFrom: Anna Berg\nSent: Monday, 6 May 2024 10:12\nTo: Kim\nSubject: Order\n\nold',
    kept: 'Yes please',
  },
  {
    name: 'Yahoo on Android',
    source:
      'Yes please\n\nSent from Yahoo Mail on Android\n\n  On Mon, May 6, 2024 at 10:12 AM, Anna Berg<anna@shop.example> wrote:   old text\nmore old text',
    kept: 'Yes please',
  },
  {
    name: 'Yahoo',
    source:
      'Yes please\n\n    On Monday, May 6, 2024 at 10:12:00 AM GMT+2, Anna Berg <anna@shop.example> wrote:  \n \n old text\n',
    kept: 'Yes please',
  },
  {
    name: 'ProtonMail',
    source: 'Yes please\n\nOn Monday, May 6th, 2024 at 10:12, Anna Berg <anna@shop.example> wrote:\n\n> old\n',
    kept: 'Yes please',
  },
  { name: 'Thunderbird', source: 'Yes please\n\nOn 5/6/24 10:12, Anna Berg wrote:\n> old\n', kept: 'Yes please' },
  {
    name: 'Thunderbird, German',
    source: 'Ja bitte\n\nAm 06.05.24 um 10:12 schrieb Anna Berg:\n> alt\n',
    kept: 'Ja bitte',
  },
  {
    name: 'the attribution over three lines',
    source:
      'Yes please\n\nOn Mon, May 6, 2024 at 10:12 AM Anna Berg from the Shop\n<anna.berg.who.has.a.long.address@shop.example>\nwrote:\n\n> old\n',
    kept: 'Yes please',
  },
  {
    name: 'wrote alone in its line',
    source: 'Yes please\n\nOn Mon, May 6, 2024 at 10:12 AM, Anna Berg <anna@shop.example>\nwrote:\n\n> old\n',
    kept: 'Yes please',
  },
  {
    name: 'no quote signs below the attribution',
    source:
      'Yes please\n\nOn Mon, May 6, 2024 at 10:12 AM Anna Berg <anna@shop.example> wrote:\n\nold text\nwithout signs',
    kept: 'Yes please',
  },
  {
    name: 'quotes of quotes',
    source: 'Yes please\n\n> new question\n>\n> On 5 May 2024 Kim wrote:\n>> older\n>>> oldest\n',
    kept: 'Yes please',
  },
  {
    name: 'quotes without a blank',
    source: 'Yes please\n\nOn 6 May 2024 at 10:12, Anna wrote:\n>old\n>older\n',
    kept: 'Yes please',
  },
  {
    name: 'quotes that were wrapped',
    source:
      'Yes please\n\n> this line is long enough to have been broken by the program on its way\nhome\n> and goes on\n',
    kept: 'Yes please',
  },
  {
    name: 'bold headers',
    source:
      'Yes please\n\n*From:* Anna Berg <anna@shop.example>\n*Sent:* Monday, May 6, 2024 10:12 AM\n*To:* Kim\n*Subject:* Order\n\nold',
    kept: 'Yes please',
  },
  {
    name: 'headers with blank lines between',
    source:
      'Yes please\n\nFrom: Anna Berg <anna@shop.example>\n\nSent: Monday, May 6, 2024 10:12 AM\n\nTo: Kim\n\nSubject: Order\n\nold',
    kept: 'Yes please',
  },
  {
    name: 'headers, the date first',
    source:
      'Yes please\n\nDate: Mon, 6 May 2024 10:12:00 +0200\nFrom: anna@shop.example\nTo: kim@customer.example\nSubject: Order\n\nold',
    kept: 'Yes please',
  },
  {
    name: 'headers, two of them',
    source: 'Yes please\n\nFrom: Anna Berg <anna@shop.example>\nDate: 6 May 2024\n\nold',
    kept: 'Yes please',
  },
  {
    name: 'recipients over two lines',
    source:
      'Yes please\n\nFrom: Anna Berg <anna@shop.example>\nSent: Monday, May 6, 2024\nTo: Kim Doe <kim@customer.example>; Jo Doe <jo@customer.example>;\n Al Doe <al@customer.example>\nSubject: Order\n\nold',
    kept: 'Yes please',
  },
  {
    name: 'QQ',
    source:
      '好的，谢谢\n\n\n------------------ 原始邮件 ------------------\n发件人: "客服" <help@shop.example>;\n发送时间: 2024年5月6日(星期一) 上午10:12\n收件人: "张三"<zhang@customer.example>;\n主题: 订单\n\n您好',
    kept: '好的，谢谢',
  },
  {
    name: 'QQ, with spaces in the mark',
    source:
      '好的，谢谢\n\n------------------&nbsp;原始邮件&nbsp;------------------\n发件人:&nbsp;"客服" <help@shop.example>;\n发送时间:&nbsp;2024年5月6日\n收件人:&nbsp;"张三"\n主题:&nbsp;订单\n\n您好'.replaceAll(
        '&nbsp;',
        '\u00a0',
      ),
    kept: '好的，谢谢',
  },
  {
    name: 'Foxmail',
    source: '好的，谢谢\n\n张三\n\n发件人： 客服\n发送时间： 2024-05-06 10:12\n收件人： 张三\n主题： 订单\n您好',
    kept: '好的，谢谢\n\n张三',
  },
  {
    name: '163',
    source: '好的，谢谢\n\n在 2024-05-06 10:12:00，"客服" <help@shop.example> 写道：\n\n您好，请问',
    kept: '好的，谢谢',
  },
  {
    name: '163, English',
    source: '好的，谢谢\n\nAt 2024-05-06 10:12:00, "客服" <help@shop.example> wrote:\n\n您好，请问',
    kept: '好的，谢谢',
  },
  {
    name: '163 on a phone',
    source:
      '好的，谢谢\n\n发自我的iPhone\n\n\n------------------ Original ------------------\nFrom: 客服 <help@shop.example>\nDate: 周一,5月 6,2024 10:12\nTo: 张三 <zhang@customer.example>\nSubject: Re: 订单\n\n您好',
    kept: '好的，谢谢',
  },
  {
    name: 'NetEase Mail Master',
    source:
      '好的，谢谢\n\n---- 回复的原邮件 ----\n| 发件人 | 客服<help@shop.example> |\n| 日期 | 2024年05月06日 10:12 |\n| 收件人 | 张三<zhang@customer.example> |\n| 主题 | 订单 |\n您好',
    kept: '好的，谢谢',
  },
  {
    name: 'Alibaba',
    source:
      '好的，谢谢\n\n------------------------------------------------------------------\n发件人：客服 <help@shop.example>\n发送时间：2024年5月6日(星期一) 10:12\n收件人：张三 <zhang@customer.example>\n主　题：订单\n\n您好',
    kept: '好的，谢谢',
  },
  { name: 'WeCom', source: '好的，谢谢\n\n发自我的企业微信', kept: '好的，谢谢' },
  { name: 'Huawei', source: '好的，谢谢\n\n发自我的华为手机', kept: '好的，谢谢' },
  {
    name: 'a forward in Chinese',
    source:
      '请处理\n\n---------- 转发的邮件 ---------\n发件人： 李四 <li@customer.example>\n日期： 2024年5月6日\n主题： 退货\n收件人： 张三\n\n我要退货',
    kept: '请处理\n\n---------- 转发的邮件 ---------\n发件人： 李四 <li@customer.example>\n日期： 2024年5月6日\n主题： 退货\n收件人： 张三\n\n我要退货',
    forwarded: 'li@customer.example',
  },
  {
    name: 'a forward by its subject',
    subject: 'FW: Order',
    source:
      'See below\n\nFrom: Jo Doe <jo@customer.example>\nSent: Monday, May 6, 2024\nTo: Kim\nSubject: Order\n\nI want to return it',
    kept: 'See below\n\nFrom: Jo Doe <jo@customer.example>\nSent: Monday, May 6, 2024\nTo: Kim\nSubject: Order\n\nI want to return it',
    forwarded: 'jo@customer.example',
  },
  {
    name: 'a forward of Apple',
    source:
      'Begin forwarded message:\n\nFrom: Jo Doe <jo@customer.example>\nSubject: Order\nDate: 6 May 2024 at 10:12:00 CEST\nTo: kim@customer.example\n\nI want to return it',
    kept: 'Begin forwarded message:\n\nFrom: Jo Doe <jo@customer.example>\nSubject: Order\nDate: 6 May 2024 at 10:12:00 CEST\nTo: kim@customer.example\n\nI want to return it',
    forwarded: 'jo@customer.example',
  },
  {
    name: 'a forward within the history is history',
    source:
      'Yes please\n\nOn 6 May 2024 at 10:12, Anna <anna@shop.example> wrote:\n> ---------- Forwarded message ---------\n> From: Jo <jo@customer.example>\n> Date: 5 May 2024\n> Subject: x\n',
    kept: 'Yes please',
  },
  {
    name: 'law below the text',
    source:
      'Yes please\n\nThis e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error, delete it.',
    kept: 'Yes please',
  },
  {
    name: 'law in German',
    source: 'Ja bitte\n\nDiese E-Mail enthält vertrauliche Informationen und ist nur für den Empfänger bestimmt.',
    kept: 'Ja bitte',
  },
  {
    name: 'law in Chinese',
    source: '好的\n\n本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人。',
    kept: '好的',
  },
  {
    name: 'a mailing list',
    source: 'Yes please\n\n_______________________________________________\nusers mailing list\nusers@list.example\n',
    kept: 'Yes please',
  },
  { name: 'only history is shown whole', source: '> old\n> older\n', kept: '> old\n> older' },
  {
    name: 'an answer below Outlook’s signature',
    source:
      'Yes please\n\n-- \nKim\n\n-----Original Message-----\nFrom: Anna\nSent: 6 May 2024\nTo: Kim\nSubject: x\n\nold',
    kept: 'Yes please',
  },
  {
    name: 'a greeting above answers between',
    source:
      'Hi Anna,\n\nOn 6 May 2024 at 10:12, Anna wrote:\n> Which size?\n\nL\n\n> Which colour?\n\nBlue\n\n> Regards\n',
    kept: 'Hi Anna,\n\n> Which size?\n\nL\n\n> Which colour?\n\nBlue',
  },
  {
    name: 'one quote between a greeting and an answer is history',
    source: 'Hi Anna,\nOn 6 May 2024 at 10:12, Anna wrote:\n> Which size?\n\nL, please.\n\n> Anna\n',
    kept: 'Hi Anna,\nL, please.',
  },
  {
    name: 'a name below what is quoted',
    source: 'Yes please\n\nOn 6 May 2024 at 10:12, Anna wrote:\n\n>\n> Which size?\n\nRegards, Kim',
    kept: 'Yes please\n\nRegards, Kim',
  },
  {
    name: 'what is cited without an introduction is part of the message',
    source: 'The leaflet says:\n\n> press it twice\n\nbut there is none.',
    kept: 'The leaflet says:\n\n> press it twice\n\nbut there is none.',
  },
  {
    name: 'quotes that were wrapped, with long rests',
    source: `Yes please\n\nOn 6 May 2024, Anna wrote:\n> ${'long and '.repeat(8)}\n${'longer '.repeat(8)}still.\n> bye\n`,
    kept: 'Yes please',
  },
  {
    name: 'the last line of a quote was wrapped',
    source: `Yes please\n\nOn 6 May 2024, Anna wrote:\n> Hello,\n> ${'long and '.repeat(8)}long\nand then the end.\n`,
    kept: 'Yes please',
  },
  {
    name: 'a link in a quote was wrapped',
    source:
      'Yes please\n\nOn 6 May 2024, Anna wrote:\n> Hello\n> View (http://shop.example/action\n_nonce=3dd)\n> bye\n',
    kept: 'Yes please',
  },
  {
    name: 'an indented rule above headers',
    source:
      'Yes please\n\n ------------------------------\n\n*From:* Anna Berg [mailto:anna@shop.example]\n*Sent:* Thursday, May 9, 2024 1:36 PM\n*To:* Kim\n*Subject:* Order\n\nold',
    kept: 'Yes please',
  },
  {
    name: 'html: Thunderbird',
    html: true,
    source:
      '<p>Yes please</p><div class="moz-cite-prefix">On 5/6/24 10:12, Anna wrote:<br></div><blockquote type="cite" cite="mid:1@x"><p>old</p></blockquote>',
    kept: 'Yes please',
  },
  {
    name: 'html: Yahoo',
    html: true,
    source:
      '<div>Yes please</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday, Anna wrote:</div><div>old</div></div>',
    kept: 'Yes please',
  },
  {
    name: 'html: ProtonMail',
    html: true,
    source:
      '<div>Yes please</div><div class="protonmail_signature_block">Sent with Proton</div><div class="protonmail_quote">On Monday, Anna wrote:<br><blockquote type="cite">old</blockquote></div>',
    kept: 'Yes please',
  },
  {
    name: 'html: GMX',
    html: true,
    source:
      '<div>Ja bitte</div><div name="quote" style="margin:10px"><div><b>Gesendet:</b> Montag</div><div>alt</div></div>',
    kept: 'Ja bitte',
  },
  {
    name: 'html: Gmail with a signature',
    html: true,
    source:
      '<div dir="ltr">Yes please<br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">Kim Doe<br>Customer Ltd</div></div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, May 6, 2024 Anna &lt;<a href="mailto:anna@shop.example">anna@shop.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">old</blockquote></div>',
    kept: 'Yes please',
  },
  {
    name: 'html: answers between',
    html: true,
    source:
      '<div class="gmail_quote"><div class="gmail_attr">On Mon, May 6, 2024 Anna wrote:<br></div><blockquote class="gmail_quote">Which size?</blockquote><div>L</div><blockquote class="gmail_quote">Which colour?</blockquote><div>Blue</div></div>',
    kept: '> Which size?\n\nL\n\n> Which colour?\n\nBlue',
  },
  {
    name: 'html: QQ',
    html: true,
    source:
      '<div>好的</div><div><br></div><div style="font-size:12px">------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b>&nbsp;"客服";</div><div><b>发送时间:</b>&nbsp;2024年5月6日</div><div>您好</div>',
    kept: '好的',
  },
  {
    name: 'html: NetEase',
    html: true,
    source: '<div>好的</div><div class="ntes-mailmaster-quote"><div>---- 回复的原邮件 ----</div>您好</div>',
    kept: '好的',
  },
  {
    name: 'html: indented, not quoted',
    html: true,
    source:
      '<div>Please send</div><blockquote style="margin: 0 0 0 40px; border: none; padding: 0px;"><div>two cups</div></blockquote>',
    kept: 'Please send\ntwo cups',
  },
]
