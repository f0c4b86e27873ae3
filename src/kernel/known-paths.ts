/** Which methods the routes take, by path. Asked only where no route fits, so it need not be quick. */
export interface KnownPaths {
  /** @param pattern as the router reads it: `/b/:id`, `/calendars/:token.ics`, `/docs/*` */
  add(pattern: string, methods: readonly string[]): void
  /** The methods that some route takes at this path, sorted; none where there is nothing. */
  methodsAt(path: string): string[]
}

export function knownPaths(): KnownPaths {
  const known = new Map<string, { fits: RegExp; methods: Set<string> }>()
  return {
    add(pattern, methods) {
      const entry = known.get(pattern) ?? { fits: expressionOf(pattern), methods: new Set() }
      for (const method of methods) entry.methods.add(method)
      known.set(pattern, entry)
    },
    methodsAt(path) {
      const fitting = [...known.values()].filter(({ fits }) => fits.test(path))
      return [...new Set(fitting.flatMap(({ methods }) => [...methods]))].sort()
    }
  }
}

/** A parameter is one part of a path, or what is left of one before the text that follows; a star is all the rest. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.replace(/\/$/, '').split(/(:\w+|\*)/)
  const expressions = parts.map(part => {
    if (part === '*') return '.*'
    return part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${expressions.join('')}/?$`)
}
