import { randomUUID } from 'node:crypto'
import { constants, createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import { StartRefused } from '../start-refused.ts'
import { messageOf } from '../thrown.ts'
import { assertBlobKey, type BlobStorage } from './blob-storage.ts'

/** Outside the shape of keys, and on the same file system, so that `rename` is atomic. */
const partialsFolder = '.partial'

export function createDiskStorage(options: { folder: string }): BlobStorage {
  const pathOf = (key: string) => {
    assertBlobKey(key)
    return join(options.folder, key)
  }
  const partials = join(options.folder, partialsFolder)

  return {
    async put(key, content, { signal } = {}) {
      const path = pathOf(key)
      const partial = join(partials, randomUUID())
      // Listened to before the first wait: a source may break at any moment.
      const broken: { error?: Error } = {}
      content.once('error', (error) => (broken.error = error))
      try {
        await mkdir(partials, { recursive: true })
        const file = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true })
        await pipeline(content, file, { signal })
        await makeFolder(options.folder, dirname(path))
        await rename(partial, path)
        await syncFolder(dirname(path))
        return { bytes: file.bytesWritten }
      } catch (error) {
        content.destroy()
        await rm(partial, { force: true })
        throw broken.error ?? error
      }
    },

    async get(key, range) {
      const file = createReadStream(pathOf(key), range)
      try {
        await once(file, 'open')
        return file
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },

    async stat(key) {
      try {
        return { bytes: (await stat(pathOf(key))).size }
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },

    delete: (key) => rm(pathOf(key), { force: true }),

    async list(folder) {
      const names = await entriesOf(join(options.folder, folder))
      return names.map((name) => `${folder}${name}`).filter((key) => !key.includes(partialsFolder))
    },

    localPath: pathOf,

    async check() {
      try {
        await mkdir(options.folder, { recursive: true })
        await access(options.folder, constants.W_OK)
      } catch (error) {
        throw new StartRefused(`Files cannot be kept in ${options.folder} (QIAO_DATA_DIR): ${messageOf(error)}.`)
      }
    },

    async sweepPartials(olderThan) {
      let swept = 0
      for (const name of await entriesOf(partials)) {
        const path = join(partials, name)
        const found = await stat(path).catch(() => null)
        if (found === null || found.mtime >= olderThan) continue
        await rm(path, { force: true })
        swept += 1
      }
      return swept
    },
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** A new name survives a power cut only once the folder that holds it is on the disk as well. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function makeFolder(root: string, path: string): Promise<void> {
  const created = await mkdir(path, { recursive: true })
  if (created === undefined) return
  for (let parent = dirname(path); parent.length >= root.length; parent = dirname(parent)) await syncFolder(parent)
}
