import { describe, expect, it } from 'vitest'
import { bufferSource } from './byte-source.ts'
import { installerOf, oleOf, zipOf } from './sample-archives.ts'
import { sniffAnyFile } from './sniff-any-file.ts'

const sniff = (content: Buffer | string, name: string) => sniffAnyFile(bufferSource(Buffer.from(content)), name)
const noise = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 197 + 31) % 256))
const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(64)])

describe('what comes by letter', () => {
  it.each<[string, string | Buffer]>([
    ['smime.p7s', Buffer.from('3080060b2a864886f70d010702a080', 'hex')],
    ['forwarded.eml', 'From: a@b.example\r\nSubject: hi\r\n\r\nhello'],
    ['forwarded.eml', 'MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html><script>x()</script>'],
    ['photo.heic', heic],
    ['scan.tiff', Buffer.from('49492a0008000000', 'hex')],
    ['letter.rtf', String.raw`{\rtf1\ansi hello}`],
    ['page.html', '<!DOCTYPE html><html><script>alert(1)</script>'],
    ['factur-x.xml', '<?xml version="1.0"?><Invoice/>'],
    ['logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['pack.7z', Buffer.from('377abcaf271c0004', 'hex')],
    ['log.gz', Buffer.from('1f8b0800000000000003', 'hex')],
    ['sources.js.gz', Buffer.from('1f8b0800000000000003', 'hex')],
    ['card.vcf', 'BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n'],
    ['text.odt', zipOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '' })],
    ['macros.docm', zipOf({ '[Content_Types].xml': '', 'word/document.xml': '', 'word/vbaProject.bin': '' })],
    ['protected.docx', oleOf('EncryptedPackage')],
    ['mail.msg', oleOf('__properties_version1.0')],
    ['signature.asc', '-----BEGIN PGP SIGNATURE-----\n'],
    ['data.json', '{"a":1}'],
    ['shop.example.com.xml', '<?xml version="1.0"?><feedback/>'],
    ['noise.dat', noise],
    ['nothing.dat', ''],
    ['no ending', noise],
  ])('is kept unknown: %s', async (name, content) => expect(await sniff(content, name)).toBe('other'))

  it.each<[string, string | Buffer, string]>([
    ['notes.txt', 'hello', 'txt'],
    ['notes', 'hello', 'txt'],
    ['table.csv', 'a,b\n', 'csv'],
    ['photo.jpg', 'only words', 'txt'],
    ['a.bin', zipOf({ 'a.txt': 'x' }), 'zip'],
    ['invoice.pdf.exe', '%PDF-1.7\n%%EOF\n', 'pdf'],
  ])('is what it is where that is known: %s', async (name, content, type) =>
    expect(await sniff(content, name)).toBe(type),
  )

  it.each<[string, string | Buffer]>([
    ['run.exe', Buffer.from('MZ'.padEnd(200, '\0'))],
    ['picture.png', Buffer.from('MZ'.padEnd(200, '\0'))],
    ['tool', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(200)])],
    ['Main.dat', Buffer.from('cafebabe00000034', 'hex')],
    ['invoice.pdf.exe', noise],
    ['invoice.exe.xml', '<?xml version="1.0"?><a/>'],
    ['invoice.pdf.exe .', noise],
    ['invoice.ex\u202ee', noise],
    ['page.hta', '<html>'],
    ['a.js', 'fetch("//x")'],
    ['a.vbs', 'MsgBox 1'],
    ['a.bat', 'del *'],
    ['a.txt', '@echo off\r\ndel *'],
    ['run.xyz', '#!/bin/sh\nrm -rf /'],
    ['look.lnk', noise],
    ['x.settingcontent-ms', '<?xml version="1.0"?><a/>'],
    ['disk.iso', noise],
    ['a.zip', zipOf({ 'META-INF/MANIFEST.MF': 'x', 'a.class': 'x' })],
    ['a.zip', zipOf({ 'AndroidManifest.xml': 'x', 'classes.dex': 'x' })],
    ['setup.msi', installerOf('Binary.Setup')],
    ['report.doc', installerOf('Binary.Setup')],
  ])('is refused when it starts something: %s', async (name, content) => expect(await sniff(content, name)).toBeNull())
})
