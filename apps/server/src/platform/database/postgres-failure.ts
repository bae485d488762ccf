import { StartRefused } from '../start-refused.ts'
import { codeOf, messageOf } from '../thrown.ts'

/** Turns what the system or PostgreSQL says into a sentence that tells what to do; what is not known stays as it is. */
export function explainFailure(thrown: unknown, dataDir: string): unknown {
  if (thrown instanceof StartRefused) return thrown
  const message = messageOf(thrown)
  const code = codeOf(thrown)
  if (
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    /No space left on device|Disk quota exceeded|could not extend file/.test(message)
  ) {
    return new StartRefused(
      `The disk that holds ${dataDir} is full. Make room (nothing was lost) and start Qiao again.`,
    )
  }
  if (code === 'EROFS' || /Read-only file system/.test(message)) {
    return new StartRefused(
      `${dataDir} is on a read-only file system. Set QIAO_DATA_DIR to a folder that can be written.`,
    )
  }
  if (
    code === 'EACCES' ||
    code === 'EPERM' ||
    /Permission denied|has wrong ownership|invalid permissions/.test(message)
  ) {
    return new StartRefused(
      `This user may not write to the data folder ${dataDir}: start Qiao as the user that owns it, or give it away with chown -R. (${lastLine(message)})`,
    )
  }
  if (code === 'EEXIST' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG') {
    return new StartRefused(`${dataDir} cannot be the data folder (QIAO_DATA_DIR): ${message}.`)
  }
  if (code === '28P01' || code === '28000') {
    return new StartRefused(
      `The password in ${dataDir}/postgres.password does not open the database beside it. Put the file of your backup back.`,
    )
  }
  return new Error(`The embedded PostgreSQL did not start: ${message}`, { cause: thrown })
}

const lastLine = (text: string) => text.trim().split('\n').pop() ?? ''
