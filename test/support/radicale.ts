import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Test } from 'tap'
import { freePort } from './house.ts'

export const account = { user: 'jessica', password: 'a password for apps' }

/** Where Debian's Radicale is; undefined where it is not installed. */
export function radicaleProgram(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map(place => join(place, 'radicale'))
    .find(existsSync)
}

/** A real CalDAV server with one account and no calendar in it, which ends with the test. */
export async function radicale(t: Test, program: string) {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-radicale-'))
  const port = await freePort()
  await writeFile(join(folder, 'users'), `${account.user}:${account.password}\n`)
  const config = {
    server: { hosts: `127.0.0.1:${port}`, ssl: 'False' },
    auth: { type: 'htpasswd', htpasswd_filename: join(folder, 'users'), htpasswd_encryption: 'plain', delay: '0' },
    rights: { type: 'owner_only' },
    storage: { filesystem_folder: join(folder, 'collections') },
    logging: { level: 'warning' }
  }
  const sections = Object.entries(config).map(
    ([name, values]) =>
      `[${name}]\n${Object.entries(values)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join('')}`
  )
  await writeFile(join(folder, 'config'), sections.join('\n'))
  const child = spawn(program, ['--config', join(folder, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', chunk => (said += String(chunk)))
  const ended = once(child, 'exit')
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  })
  const origin = `http://127.0.0.1:${port}`
  const send = async (method: string, path: string, body: string, type: string) => {
    const authorization = `Basic ${Buffer.from(`${account.user}:${account.password}`).toString('base64')}`
    const answer = await fetch(`${origin}${path}`, { method, body, headers: { authorization, 'content-type': type } })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  }
  for (let tries = 0; ; tries += 1) {
    if (
      await fetch(origin).then(
        () => true,
        () => false
      )
    )
      break
    if (tries > 150 || child.exitCode !== null) throw new Error(`Radicale does not answer. It said:\n${said}`)
    await setTimeout(100)
  }
  return {
    origin,
    /** Makes a calendar of the account. */
    async make(name: string): Promise<string> {
      const kind = '<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>'
      const body = `<?xml version="1.0"?><D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>${kind}</D:prop></D:set></D:mkcol>`
      await send('MKCOL', `/${account.user}/${name}/`, body, 'application/xml')
      return `${origin}/${account.user}/${name}/`
    },
    /** Puts an object into a calendar, or in the place of what is there. */
    async put(path: string, text: string): Promise<void> {
      await send('PUT', `/${account.user}/${path}`, text, 'text/calendar; charset=utf-8')
    }
  }
}
