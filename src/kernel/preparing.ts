/**
 * The driver with every statement kept prepared on its connection, as it does for its own templates: Drizzle asks for
 * that only where a statement is named by hand, and PostgreSQL would read and plan each one anew, which costs more than
 * most of ours take.
 */
export function preparing<T extends object>(client: T): T {
  return new Proxy(client, {
    get(target, key, receiver) {
      const value = Reflect.get(target, key, receiver)
      if (typeof value !== 'function') return value
      if (key === 'unsafe')
        return (text: string, values: unknown[], options: object) =>
          value.call(target, text, values, { ...options, prepare: true })
      // The last argument is what runs inside, with a client of its own.
      if (key === 'begin' || key === 'savepoint')
        return (...given: unknown[]) =>
          value.call(
            target,
            ...given.map(one => (typeof one === 'function' ? (inner: object) => one(preparing(inner)) : one))
          )
      return value
    }
  })
}
