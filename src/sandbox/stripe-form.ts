import { invalid } from './stripe-refusal.ts'

export type Form = { [name: string]: Form | string } | (Form | string)[]

/**
 * Reads `a=1&b[c]=2&d[0][e]=3` as Stripe does: brackets nest, and names that are numbers make a list.
 * @throws StripeRefusal where a name is not well formed
 */
export function readForm(body: string): Form {
  const root: Node = new Map()
  for (const [name, value] of new URLSearchParams(body)) {
    const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name)
    if (!match?.[1]) throw invalid(`Invalid parameter name: ${name}`, name)
    const path = [match[1], ...[...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map(([, part]) => part ?? '')]
    put(root, path, value, name)
  }
  return plain(root)
}

type Node = Map<string, Node | string>

function put(node: Node, [first = '', ...rest]: string[], value: string, name: string): void {
  const key = first === '' ? String(node.size) : first
  const known = node.get(key)
  if (rest.length === 0) {
    if (known !== undefined) throw invalid(`Received the parameter twice: ${name}`, name)
    node.set(key, value)
    return
  }
  if (typeof known === 'string') throw invalid(`Invalid hash: ${name}`, name)
  const inner: Node = known ?? new Map()
  node.set(key, inner)
  put(inner, rest, value, name)
}

function plain(node: Node): Form {
  const entries = [...node].map(([key, value]) => [key, typeof value === 'string' ? value : plain(value)] as const)
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index))
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}
