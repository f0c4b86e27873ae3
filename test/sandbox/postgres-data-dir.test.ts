import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { type Hold, holdDataDir } from '../../src/sandbox/data-dir.ts'

const app = fileURLToPath(new URL('../support/postgres-app.ts', import.meta.url))

t.test('the second start in one folder is told who holds it', async t => {
  const dataDir = t.testdir()
  const hold = await holdDataDir(dataDir, 'http://127.0.0.1:3000')
  t.teardown(() => hold.release())
  const says = new RegExp(
    `is in use by process ${process.pid} \\(http://127\\.0\\.0\\.1:3000\\) since 20\\d\\d-.*Z\\. Stop it first`
  )
  await t.rejects(holdDataDir(dataDir, 'another'), { message: says })
  await t.rejects(
    holdDataDir(dataDir, 'a third'),
    { message: says },
    'and the one refused did not put its own name there'
  )
})

t.test('a folder by another name is the same folder', async t => {
  const root = t.testdir({ folder: {}, again: t.fixture('symlink', 'folder') })
  const hold = await holdDataDir(join(root, 'folder'), 'first')
  t.teardown(() => hold.release())
  await t.rejects(holdDataDir(join(root, 'again'), 'second'), { message: /\(first\)/ })
})

t.test('a released folder can be held again, and another folder is free all along', async t => {
  const { one, two } = { one: join(t.testdir(), 'one'), two: join(t.testdirName, 'two') }
  const holds = [await holdDataDir(one, 'first'), await holdDataDir(two, 'beside')]
  await holds[0]?.release()
  holds[0] = await holdDataDir(one, 'again')
  await t.rejects(holdDataDir(one, 'late'), { message: /\(again\)/ })
  for (const hold of holds) await hold.release()
})

t.test('of many at once exactly one holds the folder', async t => {
  const dataDir = t.testdir()
  const tries = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => holdDataDir(dataDir, `start ${n}`)))
  const won = tries.filter((attempt): attempt is PromiseFulfilledResult<Hold> => attempt.status === 'fulfilled')
  t.equal(won.length, 1)
  await won[0]?.value.release()
})

t.test('of two applications started together one runs, and a SIGKILL of it frees the folder', async t => {
  const dataDir = t.testdir()
  const both = await Promise.all([launch(), launch()])
  t.equal(both.filter(({ answer }) => 'url' in answer).length, 1)
  t.match(both.find(({ answer }) => 'error' in answer)?.answer.error, /^The data folder .* is in use by /)
  for (const { child } of both)
    if (child.exitCode === null) {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  const after = await launch('stop')
  t.match(after.answer, { url: /^postgres:/ }, 'the next start goes on')

  async function launch(then = 'stay'): Promise<{ child: ChildProcess; answer: { url?: string; error?: string } }> {
    const child = spawn(process.execPath, [app, dataDir, then], {
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'inherit']
    })
    const [line] = await once(child.stdout, 'data')
    if (then === 'stop' && child.exitCode === null) await once(child, 'exit')
    return { child, answer: JSON.parse(String(line)) }
  }
})
