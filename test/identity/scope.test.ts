import t from 'tap'
import { linkBase, practiceScopes } from '../../src/identity/scope.ts'
import { openIdentity } from '../support/identity.ts'

const wrong = { code: 'wrong-host', status: 421 }

t.test('in the sandbox every name of this machine is the demo practice, and nothing else is', async t => {
  const { deps, scope, client } = await openIdentity(t)
  await client`update practices set hosts = '{office.example}'`
  const { forHost } = practiceScopes(deps)
  for (const host of [
    'localhost',
    'localhost:3000',
    'LOCALHOST:80',
    '127.0.0.1:3000',
    '127.9.8.7',
    '[::1]:3000',
    '[::1]'
  ])
    t.equal((await forHost(host)).practice.id, scope.practice.id, host)
  for (const host of [
    undefined,
    '',
    'office.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '192.168.1.4',
    '0.0.0.0',
    '[::2]',
    'a b'
  ])
    await t.rejects(forHost(host), wrong, host ?? 'none')
})

t.test('elsewhere a practice is found by the hosts that it names, public or discreet, and by no loopback', async t => {
  const { deps, client } = await openIdentity(t)
  await client`update practices set hosts = '{www.practice.example,practice.example}', links_host = 'office.example'`
  const { forHost } = practiceScopes({ ...deps, settings: { ...deps.settings, sandbox: false } })
  for (const host of ['practice.example', 'WWW.practice.example:443', 'office.example'])
    t.ok((await forHost(host)).practice.id, host)
  for (const host of ['localhost', 'other.example', 'xoffice.example', '']) await t.rejects(forHost(host), wrong, host)
})

t.test('a changed practice is seen within seconds, and unknown hosts do not ask the database each time', async t => {
  const { deps, client, clock } = await openIdentity(t)
  const { forHost } = practiceScopes(deps)
  const name = async () => (await forHost('localhost')).practice.name
  const before = await name()
  await client`update practices set name = 'Renamed'`
  t.equal(await name(), before)
  clock.move({ seconds: 6 })
  t.equal(await name(), 'Renamed')
  clock.set('2020-01-01T00:00:00Z')
  t.equal(await name(), 'Renamed', 'also after the clock was set back')
})

t.test('a job’s practice must exist', async t => {
  const { deps, scope } = await openIdentity(t)
  t.strictSame((await practiceScopes(deps).forId(scope.practice.id)).practice, scope.practice)
  await t.rejects(practiceScopes(deps).forId('018f0000-0000-7000-8000-000000000000'), /There is no practice/)
})

t.test('links begin with the discreet host, except in the sandbox', async t => {
  const { deps, scope } = await openIdentity(t)
  const practice = { ...scope.practice, linksHost: 'office.example' }
  t.equal(linkBase(deps.settings, practice), 'http://localhost:3000')
  t.equal(linkBase({ ...deps.settings, sandbox: false }, practice), 'https://office.example')
  t.equal(linkBase({ ...deps.settings, sandbox: false }, { ...practice, linksHost: null }), 'http://localhost:3000')
})
