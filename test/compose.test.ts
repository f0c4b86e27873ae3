import t from 'tap'
import { readCompose } from './support/compose.ts'

const passwords = { DATABASE_PASSWORD: 'of-the-owner', APPLICATION_PASSWORD: 'of-the-application' }

t.test(
  'compose: who serves comes as the role that may change no table, and cannot know the owner’s password',
  async t => {
    const { database, migrate, web, worker } = readCompose(passwords)
    t.match(database?.environment, { POSTGRES_USER: 'tandem', POSTGRES_PASSWORD: 'of-the-owner' })
    for (const [name, service] of Object.entries({ web, worker })) {
      t.match(
        service,
        {
          environment: { DATABASE_URL: 'postgres://tandem_app:of-the-application@database:5432/tandem', ROLE: name },
          env_file: 'tandem.env',
          read_only: true,
          cap_drop: ['ALL'],
          depends_on: { migrate: { condition: 'service_completed_successfully' } }
        },
        name
      )
      // Compose itself reads .env, where both passwords are: as a service's env_file it would hand over the owner's too.
      t.notMatch(JSON.stringify(service), /of-the-owner|"\.env"|MIGRATION_URL/, name)
    }
    t.match(migrate, {
      command: ['node', 'dist/db/migrate.js'],
      environment: {
        MIGRATION_URL: 'postgres://tandem:of-the-owner@database:5432/tandem',
        DATABASE_URL: web?.environment.DATABASE_URL
      }
    })
    t.equal(migrate?.env_file, undefined, 'the step that migrates needs no key and no secret')
  }
)

t.test('compose: without its passwords nothing starts, and each is named', async t => {
  for (const name of ['DATABASE_PASSWORD', 'APPLICATION_PASSWORD'])
    t.throws(() => readCompose({ ...passwords, [name]: '' }), { message: `${name}: set it in .env` })
})
