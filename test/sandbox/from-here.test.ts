import fastify from 'fastify'
import t from 'tap'
import { onlyFromHere } from '../../src/sandbox/only-from-here.ts'

t.test('caught mails and cards are shown to this machine only, whatever the request says of itself', async t => {
  const app = fastify()
  app.addHook('onRequest', onlyFromHere)
  app.get('/sandbox/mail', async () => 'mails')
  const from = async (remoteAddress: string) =>
    (
      await app.inject({
        url: '/sandbox/mail',
        remoteAddress,
        headers: { host: 'localhost', 'x-forwarded-for': '127.0.0.1' }
      })
    ).statusCode
  for (const here of ['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1']) t.equal(await from(here), 200, here)
  for (const away of ['192.0.2.7', '10.0.0.1', '::ffff:192.0.2.7', 'fe80::1', '1127.0.0.1'])
    t.not(await from(away), 200, away)
})
