import t from 'tap'
import { webAddress } from '../../../src/availability/outside/access.ts'
import { askOutside } from '../../../src/availability/outside/ask-outside.ts'
import { isPublic } from '../../../src/availability/outside/public-address.ts'
import { outsideServer } from '../../support/outside-server.ts'

t.test('what is not on the public internet is not asked', async t => {
  const inside = [
    ...[
      '127.0.0.1',
      '127.8.8.8',
      '0.0.0.0',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254'
    ],
    ...[
      '100.64.0.1',
      '100.127.255.255',
      '192.0.0.1',
      '192.0.2.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1'
    ],
    ...['240.0.0.1', '255.255.255.255', '::', '::1', '::7f00:1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1'],
    ...[
      'fec0::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8:1',
      '::ffff:10.0.0.1',
      '::ffff:a9fe:a9fe',
      '64:ff9b::7f00:1'
    ],
    ...['64:ff9b:1::1', '2002:7f00:1::1', '2001::1', '2001:db8::1', '3fff::1', '100::1', '5f00::1', 'nonsense', '']
  ]
  for (const address of inside) t.notOk(isPublic(address, false), address)
  for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1'])
    t.ok(isPublic(address, false), address)
  t.ok(isPublic('127.0.0.1', true) && isPublic('::1', true) && isPublic('::ffff:127.0.0.1', true))
  t.notOk(isPublic('10.0.0.1', true) || isPublic('169.254.169.254', true), 'this machine, and not its network')
})

t.test('nobody is led inside by a name, another way to write a number, or a redirect', async t => {
  const ask = (url: string, loopback: boolean) =>
    askOutside({ method: 'GET', url, headers: {} }, loopback).then(
      () => 'answered',
      error => error.fault
    )
  for (const url of [
    'http://localhost/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/'
  ])
    t.equal(await ask(url, false), 'not-public', url)
  let to = ''
  const server = await outsideServer(t, (_request, response) => response.writeHead(302, { location: to }).end())
  for (to of ['http://10.0.0.1/', 'http://169.254.169.254/latest/meta-data', 'file:///etc/passwd', 'http://[fd00::1]/'])
    t.equal(await ask(server.origin, true), 'not-public', `a redirect to ${to}`)
  to = '/again'
  t.equal(await ask(server.origin, true), 'unavailable', 'a circle')
  t.equal(server.asked.length, 4 + 6)
})

t.test('a secret goes to the origin that was typed in alone', async t => {
  const other = await outsideServer(t, 'BEGIN:VCALENDAR')
  const server = await outsideServer(t, (request, response) =>
    request.url === '/'
      ? response.writeHead(307, { location: '/same' }).end()
      : response.writeHead(307, { location: other.origin }).end()
  )
  const headers = { authorization: 'Basic c2VjcmV0' }
  await askOutside({ method: 'GET', url: `${server.origin}/`, headers }, true)
  t.same(
    [...server.asked, ...other.asked].map(({ headers }) => headers.authorization),
    [headers.authorization, headers.authorization, undefined]
  )
})

t.test('an address is of the web', async t => {
  t.equal(webAddress(' webcal://example.com/a.ics#x '), 'https://example.com/a.ics')
  t.equal(webAddress('http://example.com:8080/a.ics'), 'http://example.com:8080/a.ics')
  for (const wrong of [
    '',
    'example.com/a.ics',
    'ftp://example.com',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://'
  ])
    t.equal(webAddress(wrong), undefined, wrong)
})
