import type { Executor } from '../kernel/database.ts'
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
 * In the sandbox every loopback host is the one demo practice, and no other host is anything; elsewhere
 * a practice must name the host. Remembers the practices for some seconds: each request asks.
 */
export function practiceScopes({
  db,
  now,
  settings
}: { db: Executor } & Pick<Deps, 'now' | 'settings'>): PracticeScopes {
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
      if (settings.sandbox && !loopback.test(name)) throw wrongHost('A demonstration answers on this machine only')
      const all = await practices()
      const named = all.find(({ hosts, linksHost }) => hosts.includes(name) || linksHost === name)
      const found = named ?? (settings.sandbox && all.length === 1 ? all[0] : undefined)
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
export function linkBase({ publicUrl, sandbox }: Settings, { linksHost }: Practice): string {
  return linksHost && !sandbox ? `https://${linksHost}` : publicUrl
}

/** Whether what is one person's has a host of its own. A demonstration is all on one. */
export function isApart({ sandbox }: Settings, { linksHost }: Practice): boolean {
  return linksHost !== null && !sandbox
}

/** Whether a Host header is the discreet one. */
export function isDiscreetHost(settings: Settings, practice: Practice, host: string): boolean {
  return isApart(settings, practice) && host.toLowerCase().replace(/:\d+$/, '') === practice.linksHost
}

function scopeOf(practice: Practice): PracticeScope {
  return { practice } as PracticeScope
}
