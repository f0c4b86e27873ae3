import type { Settings } from '../kernel/deps.ts'

/** For which host a passkey works: a browser offers it nowhere else (W3C Web Authentication, 5.1.2). */
export interface RelyingParty {
  id: string
  /** Scheme, host and port, as a browser writes them. */
  origin: string
}

/** @param host the host that was asked, with its port where there is one: one of the practice's own */
export function relyingParty({ publicUrl }: Pick<Settings, 'publicUrl'>, host: string): RelyingParty {
  const { hostname, origin } = new URL(`${new URL(publicUrl).protocol}//${host}`)
  return { id: hostname, origin }
}
