import fastify from 'fastify'
import { stripeSimulator } from '../../src/sandbox/stripe.ts'
import { ownClock } from './clock.ts'

/** A process of its own with the simulator in it, to be killed: DATA_DIR, SECRET_KEY and WEBHOOK_URL by its arguments. */
const [, , dataDir = '', secretKey = '', webhookUrl = ''] = process.argv
let publicUrl = ''
const simulator = stripeSimulator({
  dataDir,
  secretKey,
  webhookSecret: 'whsec_of_the_test',
  webhookUrl,
  publicUrl: () => publicUrl,
  now: ownClock().now
})
const server = fastify()
await server.register(simulator.plugin, { prefix: '/sandbox/stripe' })
publicUrl = `${await server.listen({ host: '127.0.0.1', port: 0 })}/sandbox/stripe`
process.send?.(publicUrl)
