import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { printPdf, readPicture } from '../../apps/server/src/demo/demo-files.ts'
import { sampleMedia } from '../../apps/server/src/modules/attachments/sample-media.ts'

/** The files that visitors and agents send each other; real encoders make real files. */
export async function makeFiles(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const samples = await sampleMedia()
  await copyFile(await samples.file('clip.mov'), join(folder, 'clip.mov'))
  await copyFile(await samples.file('voice.amr'), join(folder, 'voice.amr'))
  await writeFile(join(folder, 'cup.jpg'), await readPicture('cup-cracked'))
  await writeFile(join(folder, 'invoice.pdf'), printPdf('Invoice 4471'))
  await samples.close()
}
