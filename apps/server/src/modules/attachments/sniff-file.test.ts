import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { bufferSource } from './byte-source.ts'
import { docx, oleOf, pptx, tarOf, xlsx, zipOf } from './sample-archives.ts'
import { sniffFile } from './sniff-file.ts'

const sniff = (content: Buffer | string, name = 'file') => sniffFile(bufferSource(Buffer.from(content)), name)
const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
const gb18030 = Buffer.from('d5e2cac7d2bbb8f6b6a9b5a50d0a', 'hex')
const pdf = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

describe('what a file is', () => {
  it.each<[string, () => Buffer | string | Promise<Buffer>]>([
    ['jpeg', () => picture.clone().jpeg().toBuffer()],
    ['png', () => picture.clone().png().toBuffer()],
    ['gif', () => picture.clone().gif().toBuffer()],
    ['webp', () => picture.clone().webp().toBuffer()],
    ['docx', docx],
    ['xlsx', xlsx],
    ['pptx', pptx],
    ['zip', () => zipOf({ 'a.txt': 'hello' })],
    ['doc', () => oleOf('WordDocument')],
    ['xls', () => oleOf('Workbook')],
    ['xls', () => oleOf('Other stream', 'Book')],
    ['ppt', () => oleOf('PowerPoint Document')],
    ['tar', () => tarOf('a.txt', 'hello')],
    ['rar', () => Buffer.from('526172211a07010033920 00000'.replace(' ', ''), 'hex')],
    ['pdf', () => pdf],
    ['amr', () => Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(33, 0x3c)])],
    ['txt', () => 'Hello, where is my order?\n'],
    ['ics', () => 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n'],
    ['txt', () => '你好，我的订单在哪里？😀\r\n'],
    ['txt', () => gb18030],
    ['txt', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('订单 42', 'utf16le')])],
    ['txt', () => 'if a<b and c>d then <p>no element of a program</p>'],
    ['txt', () => '字'.repeat(40_000)],
  ])('finds %s', async (type, make) => {
    expect(await sniff(Buffer.from(await make()))).toBe(type)
  })

  it('calls text with the name of a table a table', async () => {
    expect(await sniff('sku,name\n1,杯子\n', 'export.CSV')).toBe('csv')
  })

  it.each<[string, string | Buffer, string]>([
    ['HTML', '<!DOCTYPE html><html><body>x', 'a.html'],
    ['HTML called text', ' \n<!-- hi --><HTML><script>alert(1)</script>', 'a.txt'],
    ['HTML after much text', `${'line\n'.repeat(5000)}<script>alert(1)</script>`, 'a.txt'],
    ['HTML called PNG', '<html>x', 'a.png'],
    ['HTML in UTF-16', Buffer.from('\ufeff<script>alert(1)</script>', 'utf16le'), 'a.txt'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'a.svg'],
    ['SVG with a prolog called text', '<?xml version="1.0"?><svg/>', 'a.txt'],
    ['script by its name', 'fetch("//x")', 'a.js'],
    ['shell script', '#!/bin/sh\nrm -rf /', 'a.txt'],
    ['batch file', '@echo off\r\ndel *', 'a.txt'],
    ['HTML called a calendar', 'BEGIN:VCALENDAR\r\n<script>alert(1)</script>', 'a.ics'],
    ['PHP', 'hello <?php system($_GET[0]) ?>', 'a.csv'],
    ['Windows program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'a.png'],
    ['Linux program', Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01'), Buffer.alloc(200)]), 'a.pdf'],
    ['Java class', Buffer.from('cafebabe00000034', 'hex'), 'a.txt'],
    ['jar', zipOf({ 'META-INF/MANIFEST.MF': 'x', 'a.class': 'x' }), 'a.zip'],
    ['apk', zipOf({ 'AndroidManifest.xml': 'x', 'classes.dex': 'x' }), 'a.zip'],
    [
      'document with macros',
      zipOf({ '[Content_Types].xml': '', 'word/document.xml': '', 'word/vbaProject.bin': '' }),
      'a.docx',
    ],
    ['installer in an Office container', oleOf('Binary.Setup'), 'a.doc'],
    ['OLE container cut after its header', oleOf('WordDocument').subarray(0, 512), 'a.doc'],
    ['archive without its directory', zipOf({ 'a.txt': 'hello' }).subarray(0, 40), 'a.zip'],
    ['noise', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 197 + 31) % 256)), 'a.txt'],
    ['nothing', '', 'a.txt'],
    ['TIFF', Buffer.from('49492a0008000000', 'hex'), 'a.jpg'],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), 'a.zip'],
  ])('refuses %s', async (_, content, name) => {
    expect(await sniff(content, name)).toBeNull()
  })
})
