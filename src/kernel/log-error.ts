/** Members of libraries' errors that name a kind of failure or a part of the schema, never a value. */
const telling = [
  'code',
  'kind',
  'type',
  'rawType',
  'syscall',
  'routine',
  'schema_name',
  'table_name',
  'column_name',
  'constraint_name',
  'statusCode',
  'responseCode',
  'errno'
] as const

const word = /^[A-Za-z0-9][\w.-]{0,80}$/
const frame = /^ {4}at (?:async )?(?:[\w$.<>#[\] ]+ \()?(?:file:\/\/|node:|\/)[^()\n]*:\d+:\d+\)?$/
const [mostFrames, deepest, mostErrors] = [15, 5, 5]

/**
 * What may be written down of a failure: its kind, its codes and where it was thrown, and the same of what caused it. Not
 * its message: libraries put parameters, rows, bodies and addresses into it. Whoever reads the line finds the message's
 * words at the first frame.
 */
export function errorFields(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: error === null ? 'null' : typeof error }
  const codes = telling.flatMap(key => {
    const value: unknown = Reflect.get(error, key)
    return typeof value === 'number' || (typeof value === 'string' && word.test(value)) ? [[key, value]] : []
  })
  const inner = depth < deepest
  return {
    name: word.test(error.name) ? error.name : 'Error',
    ...Object.fromEntries(codes),
    at: framesOf(error),
    ...(inner && error.cause !== undefined && { cause: errorFields(error.cause, depth + 1) }),
    ...(inner &&
      error instanceof AggregateError && {
        errors: error.errors.slice(0, mostErrors).map(each => errorFields(each, depth + 1))
      })
  }
}

/** The lines of the stack without the message, also where the message itself looks like one of them. */
function framesOf({ stack = '', message }: Error): string[] {
  const lines = message ? stack.replace(message, '') : stack
  return lines
    .split('\n')
    .filter(line => frame.test(line))
    .slice(0, mostFrames)
    .map(line => line.trim())
}
