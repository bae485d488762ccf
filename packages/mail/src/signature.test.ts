import { describe, expect, test } from 'vitest'
import { splitQuoted } from './split-quoted.ts'

const kept = (end: string) => splitQuoted(`Yes please\n\n${end}\n`).kept

describe('taken off', () => {
  test.each([
    'Sent via mobile',
    'Sent from my cell, please excuse any typos.',
    '<<sent by galaxy>>',
    '(Sent from mobile device)',
    'Diese E-Mail wurde von meinem iPhone gesendet.',
    'Cet e-mail a été envoyé depuis mon appareil Android',
    '__\nshop-users mailing list\nusers@list.example',
    '---\nThis email has been checked for viruses by Avast antivirus software.\nhttps://scanner.example',
    'Diese E-Mail wurde von Avast Antivirus-Software auf Viren geprüft.',
    'Virus-free. www.avast.com <https://scanner.example>',
  ])('%s', (end) => expect(kept(end)).toBe('Yes please'))
})

describe('part of the message', () => {
  test.each([
    'Sent you the photos yesterday',
    'Sent a letter to the shop.',
    'Gesendet mit der Post am Montag',
    'Enviado por correo ayer',
    'Verzonden met de post gisteren.',
    'This email has been checked by my brother',
  ])('%s', (end) => expect(kept(end)).toBe(`Yes please\n\n${end}`))
})
