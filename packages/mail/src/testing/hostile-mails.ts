const head = 'From: a@b.example\nSubject: s\nMIME-Version: 1.0\n'
const html = (body: string) => `${head}Content-Type: text/html\n\n${body}`
const text = (body: string) => `${head}\n${body}`
const nested = (boundaryOf: (level: number) => string) =>
  Array.from(
    { length: 500 },
    (_, level) => `Content-Type: multipart/mixed; boundary=${boundaryOf(level)}\n\n--${boundaryOf(level)}\n`,
  ).join('')

/** Mails made to cost time, memory or stack; each as a string of bytes, built only when it is asked for. */
export const hostileMails: Record<string, () => string> = {
  'ten thousand parts': () =>
    `${head}Content-Type: multipart/mixed; boundary=x\n\n${'--x\nContent-Type: image/png\n\nA\n'.repeat(10_000)}--x--`,
  'half a million empty parts': () =>
    `${head}Content-Type: multipart/mixed; boundary=x\n\n${'--x\n'.repeat(500_000)}--x--`,
  'five hundred levels': () => `${head}${nested((level) => `b${level}`)}\ntext`,
  'five hundred levels of one boundary': () => `${head}${nested(() => 'b')}\ntext`,
  'mails within mails': () => head + 'Content-Type: message/rfc822\n\n'.repeat(5000),
  'a million headers': () => `${head}${'X-A: b\n'.repeat(1_000_000)}\nbody`,
  'one header of twenty megabytes': () => `Subject: ${'a'.repeat(20_000_000)}\n\nbody`,
  'a header of three million lines': () => `Subject: a\n${' b\n'.repeat(3_000_000)}\nbody`,
  'encoded words without end': () => `Subject: ${'=?a?Q?'.repeat(10_000)}\n\nbody`,
  'thousands of encoded words': () => `Subject: ${'=?utf-8?Q?a?= '.repeat(30_000)}\n\nbody`,
  'half a million recipients': () => `To: ${'a@b.example, '.repeat(500_000)}\n\nbody`,
  'quotes among addresses': () => `To: ${'"'.repeat(64_000)}\n\nbody`,
  'open angles among addresses': () => `To: ${'<"'.repeat(32_000)}\n\nbody`,
  'open comments among addresses': () => `To: ${'('.repeat(64_000)}\n\nbody`,
  'colons among addresses': () => `To: ${'a:'.repeat(32_000)}\n\nbody`,
  'parameters with open quotes': () => `Content-Type: text/plain${';a="b'.repeat(10_000)}\n\nbody`,
  'a name of quotes': () => `Content-Type: text/plain; name=${'"'.repeat(60_000)}\n\nbody`,
  'continuations far apart': () =>
    `Content-Type: text/plain${Array.from({ length: 5000 }, (_, index) => `;name*${index * 997}*=a`).join('')}\n\nbody`,
  'a hundred megabytes of Base64': () =>
    `${head}Content-Type: application/x; name=a\nContent-Transfer-Encoding: base64\n\n${`${'A'.repeat(76)}\n`.repeat(1_360_000)}`,
  'Base64 of padding': () =>
    `${head}Content-Type: application/x; name=a\nContent-Transfer-Encoding: base64\n\n${'AA=='.repeat(2_000_000)}`,
  'soft breaks that break nothing': () =>
    `${head}Content-Transfer-Encoding: quoted-printable\n\n${'= '.repeat(500_000)}`,
  'blanks in quoted-printable': () =>
    `${head}Content-Transfer-Encoding: quoted-printable\n\n${`${' '.repeat(1000)}a`.repeat(20_000)}`,
  'lines of dashes': () => `${head}Content-Type: multipart/mixed; boundary=x\n\n--x\n\n${'--\n'.repeat(1_000_000)}`,
  'multiparts without their boundary': () =>
    `${head}Content-Type: multipart/mixed; boundary=x\n\n${'--x\nContent-Type: multipart/mixed; boundary=zz\n\n'.repeat(900)}${'a'.repeat(30_000_000)}`,
  'uuencoded files without end': () => text('begin 644 a\n'.repeat(200_000)),
  'one uuencoded file without end': () => text(`begin 644 a\n${'#0V%T\n'.repeat(200_000)}`),
  'a quote of a million levels': () => text('> '.repeat(1_000_000)),
  'answers to every line': () => text('> a\nb\n'.repeat(300_000)),
  'attributions without end': () => text('On 2024 a@b :\n'.repeat(100_000)),
  'senders without end': () => text('From: a@b\n'.repeat(100_000)),
  'dates without end': () => text('Date: 1\nTo: b\n'.repeat(100_000)),
  'an attribution of one line': () => text(`${'On a '.repeat(400_000)}wrote:`),
  'a phone of one line': () => text(`Sent from my ${'a '.repeat(200_000)}`),
  'a line of dashes': () => text('-'.repeat(2_000_000)),
  'many lines of dashes': () => text(`${'-'.repeat(190)}a\n`.repeat(10_000)),
  'two million blank lines': () => text(`${'\n'.repeat(2_000_000)}x`),
  'two million blanks': () => text(`${' '.repeat(2_000_000)}x`),
  'law without end': () => text(`hi\n\n${`${'this email '.repeat(3000)}\n\n`.repeat(60)}`),
  'signatures without end': () => text(`hi\n${'-- \n'.repeat(100_000)}`),
  'elements without end': () => html('<div>'.repeat(400_000)),
  'blockquotes without end': () => html(`${'<blockquote>'.repeat(160_000)}x`),
  'lists in lists': () => html(`${'<ul><li>a'.repeat(200_000)}x`),
  'links in links': () => html(`${'<a href=http://x.example/>a'.repeat(70_000)}x`),
  'attributes without end': () => html(`<div ${'a=b '.repeat(400_000)}`),
  angles: () => html('<'.repeat(2_000_000)),
  entities: () => html('&amp;'.repeat(400_000)),
  'tables in tables': () => html('<table><tr><td>'.repeat(130_000)),
  'a style without end': () => html(`<div style="${'border:none; '.repeat(100_000)}">`),
  'blanks between elements': () => html('a <b> </b>'.repeat(200_000)),
  'closing tags of nothing': () => html('</p></div>'.repeat(200_000)),
  'files in winmail.dat': () =>
    `${head}Content-Type: application/ms-tnef\n\n\x78\x9f\x3e\x22\0\0${'\x02\x02\x90\x06\0\0\0\0\0\0\0'.repeat(100_000)}`,
  'a bounce of addresses': () => `From: mailer-daemon@x.example\nSubject: Undelivered\n\n${'a@b.cd '.repeat(100_000)}`,
  'a bounce of letters': () => `From: mailer-daemon@x.example\nSubject: Undelivered\n\n${'a'.repeat(1_000_000)}`,
  'ids without end': () => `References: ${'<a'.repeat(30_000)}\n\nb`,
  'a date without end': () => `Date: ${'1 '.repeat(30_000)}\n\nb`,
}
