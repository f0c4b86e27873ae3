import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hash, hkdfSync } from 'node:crypto'
import { random } from './random.ts'

/** What the installation knows and nobody else may: one signs, the others encrypt what is personal. */
export interface Secrets {
  /** A key for one purpose, derived from SECRET by HKDF-SHA256 (RFC 5869) with a label of its own. */
  derive(label: string): Buffer
  /** A new person's data key, wrapped by the installation's first encryption key. Erasure drops it. */
  newDataKey(owner: Owner): { key: Buffer; wrapped: Buffer }
  /** @throws when the wrapping key is gone or the bytes were moved to another owner. */
  openDataKey(owner: Owner, wrapped: Buffer): Buffer
  /** A word sealed with each encryption key: kept in the database, it shows later whether the same keys are there. */
  sentinels(): { keyId: string; sealed: Buffer }[]
  /** Whether a sentinel of the database opens with the key of its name. */
  opens(keyId: string, sealed: Buffer): boolean
  /** A keyed hash by which a sealed value is found again. The value must be normalised before. */
  lookup(practice: string, kind: string, value: string): Buffer
}

/** Whose data key: the associated data ties the wrapped key to this person of this practice. */
export interface Owner {
  practice: string
  person: string
}

/** Where a sealed value stands: bytes copied to another row, column or table do not open. */
export interface Spot {
  practice: string
  table: string
  column: string
  row: string
}

/**
 * @param secret SECRET, at least 32 bytes of base64 or text
 * @param encryptionKeys `id:base64,id:base64`: the first wraps, all open
 */
export function secretsFrom(secret: string, encryptionKeys: string): Secrets {
  const keys = new Map(encryptionKeys.split(',').map(entry => readKey(entry.trim())))
  const [first] = keys
  if (!first) throw new TypeError('ENCRYPTION_KEYS names no key')
  const derive = (label: string) => Buffer.from(hkdfSync('sha256', secret, '', `tandem/${label}`, 32))
  const lookupKey = createSecretKey(derive('lookup'))
  return {
    derive,
    newDataKey(owner) {
      const key = random(32)
      const [id, wrapping] = first
      const prefix = Buffer.from(`${id}:`)
      return { key, wrapped: Buffer.concat([prefix, encrypt(wrapping, wrapLabel(owner, id), key)]) }
    },
    openDataKey(owner, wrapped) {
      const end = wrapped.indexOf(':')
      const id = wrapped.subarray(0, end).toString()
      const wrapping = keys.get(id)
      if (!wrapping) throw new Error(`The encryption key ${id} is not among ENCRYPTION_KEYS`)
      return decrypt(wrapping, wrapLabel(owner, id), wrapped.subarray(end + 1))
    },
    sentinels: () => [...keys].map(([keyId, key]) => ({ keyId, sealed: encrypt(key, sentinelLabel(keyId), sentinel) })),
    opens(keyId, sealed) {
      const key = keys.get(keyId)
      try {
        return key !== undefined && decrypt(key, sentinelLabel(keyId), sealed).equals(sentinel)
      } catch {
        return false // GCM refuses: another key has this name
      }
    },
    lookup: (practice, kind, value) => createHmac('sha256', lookupKey).update(`${practice}\n${kind}\n${value}`).digest()
  }
}

/** Encrypts a personal text with its person's data key: AES-256-GCM, 96-bit random nonce, bound to its spot. */
export function seal(dataKey: Buffer, spot: Spot, text: string): Buffer {
  return sealBytes(dataKey, spot, Buffer.from(text, 'utf8'))
}

/** The same for bytes that are no text. */
export function sealBytes(dataKey: Buffer, spot: Spot, bytes: Buffer): Buffer {
  return encrypt(dataKey, spotLabel(spot), bytes)
}

/** @throws when the bytes were changed or come from another spot. */
export function unseal(dataKey: Buffer, spot: Spot, sealed: Buffer): string {
  return unsealBytes(dataKey, spot, sealed).toString('utf8')
}

/** @throws when the bytes were changed or come from another spot. */
export function unsealBytes(dataKey: Buffer, spot: Spot, sealed: Buffer): Buffer {
  return decrypt(dataKey, spotLabel(spot), sealed)
}

/** A secret of 256 random bits for an address or a mail; only its hash is stored. */
export function newToken(): { token: string; hash: Buffer } {
  const token = random(32).toString('base64url')
  return { token, hash: hashToken(token) }
}

/** SHA-256: enough for a token that is itself random. */
export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** Eight random digits, for a mail. */
export function newCode(): string {
  return String(random(6).readUIntBE(0, 6) % 100_000_000).padStart(8, '0')
}

function readKey(entry: string): [string, Buffer] {
  const [id = '', base64 = ''] = entry.split(':')
  const key = Buffer.from(base64, 'base64')
  if (!/^[A-Za-z0-9_-]+$/.test(id) || key.length !== 32)
    throw new TypeError('ENCRYPTION_KEYS must read id:base64,… with keys of 32 bytes')
  return [id, key]
}

const sentinel = Buffer.from('tandem')

function sentinelLabel(keyId: string): string {
  return `key_sentinels\n${keyId}`
}

function wrapLabel({ practice, person }: Owner, key: string): string {
  return `${practice}\npeople\ndata_key\n${person}\n${key}`
}

function spotLabel({ practice, table, column, row }: Spot): string {
  return `${practice}\n${table}\n${column}\n${row}`
}

/** Node takes 50 µs longer to look at a key that is a Buffer than at a KeyObject (measured with Node 24). */
function encrypt(key: Buffer, label: string, plain: Buffer): Buffer {
  const nonce = random(12)
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce).setAAD(Buffer.from(label))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: Buffer, label: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), sealed.subarray(0, 12)).setAAD(
    Buffer.from(label)
  )
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}
