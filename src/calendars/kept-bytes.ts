/** The last bytes of some feeds, by the hash of their token, so that they need not come from the database again. */
export interface KeptBytes {
  get(hash: Buffer): { etag: string; bytes: Buffer } | undefined
  set(hash: Buffer, etag: string, bytes: Buffer): void
  delete(hash: Buffer): void
}

/**
 * In the memory of this process alone. Whether a feed lives and whether its bytes are still those is asked of the
 * database at every fetch; the feeds that were asked longest ago make room.
 * @param most bytes at most, of all feeds together
 */
export function keptBytes(most: number): KeptBytes {
  const kept = new Map<string, { etag: string; bytes: Buffer }>()
  let size = 0
  const remove = (key: string) => {
    size -= kept.get(key)?.bytes.length ?? 0
    kept.delete(key)
  }
  return {
    get(hash) {
      const key = hash.toString('base64')
      const found = kept.get(key)
      if (found) {
        kept.delete(key)
        kept.set(key, found)
      }
      return found
    },
    set(hash, etag, bytes) {
      const key = hash.toString('base64')
      remove(key)
      kept.set(key, { etag, bytes })
      size += bytes.length
      for (const oldest of kept.keys()) {
        if (size <= most) break
        remove(oldest)
      }
    },
    delete: hash => remove(hash.toString('base64'))
  }
}
