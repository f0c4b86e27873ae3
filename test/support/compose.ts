/** What compose.yaml says, read as the compose specification has it. As a program: prints a service's environment. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

const Service = z.looseObject({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  env_file: z.string().optional()
})
const Compose = z.object({ services: z.record(z.string(), Service) })
export type Service = z.infer<typeof Service>

/**
 * The services by name, with anchors merged (https://yaml.org/type/merge.html) and `${NAME:?what to do}` filled in.
 * @throws Error where a variable that must be set is not
 */
export function readCompose(variables: Readonly<Record<string, string | undefined>>): Record<string, Service> {
  const text = readFileSync(new URL('../../compose.yaml', import.meta.url), 'utf8')
  const whole = parse(text, { merge: true })
  return Compose.parse(filled(whole)).services

  function filled(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(filled)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each)]))
    if (typeof value !== 'string') return value
    return value.replace(/\$\{(\w+):\?([^}]*)\}/g, (_, name: string, otherwise: string) => {
      const given = variables[name]
      if (!given) throw new Error(`${name}: ${otherwise}`)
      return given
    })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { environment } = readCompose(process.env)[process.argv[2] ?? ''] ?? {}
  for (const [name, value] of Object.entries(environment ?? {})) console.log(`${name}=${value}`)
}
