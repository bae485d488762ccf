import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isActiveExtension, sanitiseName, sanitiseOtherName } from './file-name.ts'
import { fileTypes, type FileTypeName } from './file-types.ts'

describe('file names', () => {
  it.each<[string, FileTypeName, string]>([
    ['发票 2026-11.pdf', 'pdf', '发票 2026-11.pdf'],
    ['photo.JPEG', 'jpeg', 'photo.jpeg'],
    ['photo.jfif', 'jpeg', 'photo.jfif'],
    ['photo.jpg', 'png', 'photo.png'],
    ['photo', 'webp', 'photo.webp'],
    ['v1.2 notes', 'txt', 'v1.2 notes.txt'],
    ['../../etc/passwd', 'txt', 'passwd.txt'],
    ['C:\\Users\\me\\report.docx', 'docx', 'report.docx'],
    ['invoice.pdf.exe', 'pdf', 'invoice.pdf'],
    ['invoice.html.pdf', 'pdf', 'invoice.pdf'],
    ['evil\u202Egpj.exe', 'png', 'evilgpj.png'],
    ['line\r\nbreak\0.txt', 'txt', 'linebreak.txt'],
    ['a<b>:"c|d?e*.zip', 'zip', 'a_b___c_d_e_.zip'],
    ['CON.txt', 'txt', '_CON.txt'],
    ['....', 'gif', 'file.gif'],
    ['', 'mp3', 'file.mp3'],
    ['.htaccess', 'txt', 'htaccess.txt'],
    ['家族👨‍👩‍👧.png', 'png', '家族👨‍👩‍👧.png'],
    ['e\u0301te\u0301.txt', 'txt', 'été.txt'],
  ])('%j of a %s becomes %j', (declared, type, expected) => {
    expect(sanitiseName(declared, fileTypes[type])).toBe(expected)
  })

  it('stays within 255 bytes without cutting a character', () => {
    const name = sanitiseName(`${'订单'.repeat(300)}😀.pdf`, fileTypes.pdf)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
    expect(name).toMatch(/^(订单)+订?\.pdf$/)
  })

  it('always gives a plain name that tells the truth', () => {
    const types = constantFrom(...Object.values(fileTypes))
    const parts = constantFrom('.exe', '.html', '.jpg', '.pdf', '/', '\\', '..', '\u202e', '\0', ' ', '单', '.')
    const names = array(oneof(parts, string({ unit: 'binary' })), { maxLength: 20 }).map((all) => all.join(''))
    assert(
      property(names, types, (declared, type) => {
        const name = sanitiseName(declared, type)
        const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
        expect([type.extension, ...type.aliases]).toContain(extension)
        expect(isActiveExtension(extension)).toBe(false)
        expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
        expect(name.startsWith('.')).toBe(false)
        expect(name.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
        expect(sanitiseName(name, type)).toBe(name)
      }),
      { numRuns: 100 },
    )
  })

  it.each([
    ['smime.p7s', 'smime.p7s'],
    ['../../etc/Photo.HEIC', 'Photo.heic'],
    ['evil\u202Efdp.html', 'evilfdp.html'],
    ['invoice.pdf.xml .', 'invoice.pdf.xml'],
    ['no ending', 'no ending'],
    ['.p7s', 'p7s'],
    ['', 'file'],
    ['NUL.dat', '_NUL.dat'],
  ])('%j of what is not known becomes %j', (declared, expected) => {
    expect(sanitiseOtherName(declared)).toBe(expected)
    expect(sanitiseOtherName(expected)).toBe(expected)
    expect(Buffer.byteLength(sanitiseOtherName(`${'订单'.repeat(300)}.p7s`))).toBeLessThanOrEqual(255)
  })
})
