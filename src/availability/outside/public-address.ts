import { type LookupAddress, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Unreadable } from './unreadable.ts'

/** All of the internet's own addresses in IPv6 begin so (RFC 4291, 2.4); what else there is leads somewhere inside. */
const globalUnicast = ipaddr.parseCIDR('2000::/3')

/**
 * Whether a network address is somebody's on the public internet: no loopback, private, link-local, shared (100.64/10),
 * documentation or reserved one, and none that carries such a one within it (::ffff:0:0/96, NAT64, 6to4, Teredo).
 * @param loopback whether this machine's own may be asked, too: for tests and demonstrations
 */
export function isPublic(address: string, loopback: boolean): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  const range = parsed.range()
  if (range === 'loopback') return loopback
  return range === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(globalUnicast))
}

/**
 * Finds a host's addresses for the connection itself, so that what was looked at is what is connected to: no second
 * answer comes between. Every one of them must be public.
 */
export function publicLookup(loopback: boolean): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
      const [first] = found ?? []
      if (error || !first) return done(new Unreadable('unreachable'), '', 4)
      if (!found.every(({ address }) => isPublic(address, loopback))) return done(new Unreadable('not-public'), '', 4)
      return options.all ? done(null, found) : done(null, first.address, first.family)
    })
  }
}

/** @throws Unreadable where a host that is itself a network address is not public: no lookup is asked for it */
export function mustBePublic({ hostname }: URL, loopback: boolean): void {
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(bare) && !isPublic(bare, loopback)) throw new Unreadable('not-public')
}

/** Whether a host can be found, and is public. @throws Unreadable */
export async function mustBeFound(url: URL, loopback: boolean): Promise<void> {
  mustBePublic(url, loopback)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  await new Promise<void>((resolve, reject) => {
    publicLookup(loopback)(host, { all: true }, error => (error ? reject(error) : resolve()))
  })
}
