import type { Deps, Settings } from '../kernel/deps.ts'
import { problem } from '../kernel/problem.ts'
import type { Practice, PracticeScope } from './practice.ts'
import { findPractice, listPractices } from './store.ts'

export const wrongHost = problem('wrong-host', 421, 'No practice lives at this address')

export interface PracticeScopes {
  /** The practice that a Host header chooses. @throws wrong-host */
  forHost(host: string | undefined): Promise<PracticeScope>
  /** The practice of a row, for jobs. */
  forId(id: string): Promise<PracticeScope>
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** A changed name or host of a practice is seen after at most this long. */
const rememberedMs = 5_000

/**
 * In the sandbox every loopback host is the one demo practice; otherwise a host must be named by a practice.
 * Remembers the practices for some seconds: each request asks.
 */
export function practiceScopes({ db, now, settings }: Pick<Deps, 'db' | 'now' | 'settings'>): PracticeScopes {
  let known: readonly Practice[] = []
  let readAt = -Infinity
  const practices = async () => {
    const age = now().toMillis() - readAt
    if (known.length === 0 || age < 0 || age > rememberedMs) {
      known = await listPractices(db)
      readAt = now().toMillis()
    }
    return known
  }
  return {
    async forHost(host = '') {
      const name = host.toLowerCase().replace(/:\d+$/, '')
      const all = await practices()
      const [only] = all
      const found =
        all.find(({ hosts, linksHost }) => hosts.includes(name) || linksHost === name) ??
        (settings.sandbox && loopback.test(name) && all.length === 1 ? only : undefined)
      if (!found) throw wrongHost('Use the address that the practice gave you')
      return scopeOf(found)
    },
    async forId(id) {
      const practice = await findPractice(db, id)
      if (!practice) throw new Error(`There is no practice ${id}`)
      return scopeOf(practice)
    }
  }
}

/** Where links to a practice's personal pages begin: its discreet host, or the installation's address. No trailing slash. */
export function linkBase({ publicUrl }: Settings, { linksHost }: Practice): string {
  return linksHost ? `https://${linksHost}` : publicUrl
}

function scopeOf(practice: Practice): PracticeScope {
  return { practice } as PracticeScope
}
