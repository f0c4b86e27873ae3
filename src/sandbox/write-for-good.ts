import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes a file for its owner's eyes alone: the bytes first, then the name, then the folder's entry. After a kill, a
 * power cut or a full disk it is there whole or not at all; at most a `.part` is left behind, which nothing reads.
 */
export async function writeForGood(folder: string, name: string, bytes: Buffer | string): Promise<void> {
  const part = join(folder, `${name}.part`)
  try {
    const file = await open(part, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, join(folder, name))
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
  const entry = await open(folder, 'r')
  await entry.sync()
  await entry.close()
}
