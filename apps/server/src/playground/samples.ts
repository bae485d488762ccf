import type { Said } from '@qiao/channels/simulators'
import { printPdf, readPicture, soundVoice } from '../demo/demo-files.ts'

/** What customers of the demo have at hand. */
export const sampleNames = ['image', 'audio', 'file'] as const

export async function readSample(name: (typeof sampleNames)[number]): Promise<Said> {
  switch (name) {
    case 'image':
      return { type: name, bytes: await readPicture('cup-cracked'), mime: 'image/jpeg', name: 'cup.jpg' }
    case 'audio':
      return { type: name, bytes: soundVoice(), mime: 'audio/wav', name: 'voice.wav' }
    case 'file':
      return { type: name, bytes: printPdf('Invoice 4471'), mime: 'application/pdf', name: 'invoice.pdf' }
    default:
      return name satisfies never
  }
}
