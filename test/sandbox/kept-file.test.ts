import { mkdtemp, readdir, rm, rmdir, stat, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { keptFile } from '../../src/sandbox/kept-file.ts'
import { needsRoot, smallDisk } from '../support/namespace.ts'

t.test('what is kept is made once, and read by nobody else', async t => {
  const file = join(t.testdir(), 'new', 'secrets.json')
  t.same(await keptFile(file, () => ({ secret: 'first' })), { secret: 'first' })
  t.same(await keptFile(file, () => ({ secret: 'second' })), { secret: 'first' })
  t.equal((await stat(file)).mode & 0o777, 0o600)
  t.same(await readdir(join(file, '..')), ['secrets.json'])
})

t.test('what a killed start had half written is not trusted', async t => {
  const folder = t.testdir({ 'secrets.json.part': '{ "secret": "fi' })
  const file = join(folder, 'secrets.json')
  t.same(await keptFile(file, () => ({ secret: 'second' })), { secret: 'second' })
})

t.test('a damaged file is named, and left as it is', async t => {
  for (const damaged of ['', '{ "sec', 'null', '{}', '{ "secret": 7 }']) {
    const folder = t.testdir({ 'secrets.json': damaged })
    const file = join(folder, 'secrets.json')
    const before = await stat(file)
    await t.rejects(
      keptFile(file, () => ({ secret: 'new' })),
      { message: `${file} is damaged. Put back a copy of it, or set DATA_DIR to a new folder.` },
      damaged
    )
    t.same((await stat(file)).mtimeMs, before.mtimeMs)
  }
})

t.test('a full disk is said in one sentence and leaves no half of a file behind', { skip: needsRoot }, async t => {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-kept-')) // tap empties its own folders before it unmounts ours
  const unmount = await smallDisk(folder, 1)
  t.teardown(async () => {
    if (unmount) await unmount()
    await rmdir(folder)
  })
  if (!unmount) return t.pass('not tried: this machine lets nobody mount a small disk', { skip: true })
  const { blocks, bsize } = await statfs(folder)
  await writeFile(join(folder, 'filler'), Buffer.alloc(blocks * bsize))
  const file = join(folder, 'secrets.json')
  await t.rejects(
    keptFile(file, () => ({ secret: 'first' })),
    { message: /^The disk of .* is full: [^.]*\. Make room and start again\.$/ }
  )
  t.same(await readdir(folder), ['filler'])
  await rm(join(folder, 'filler'))
  t.same(await keptFile(file, () => ({ secret: 'second' })), { secret: 'second' })
})
