import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { PreferencesRequest } from '../../identity/me-schema.ts'
import { readPerson } from '../../identity/people.ts'
import { savePreferences } from '../../identity/preferences.ts'
import { signedInPerson } from '../../identity/signed-in.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Faults } from '../components/fields.tsx'
import { frameOf, personalPage } from '../page.ts'
import { type Given, PreferencesPage } from './preferences.tsx'

const text = z.string().max(1000).default('')
const Form = z.object({ name: text, zone: text, wording: text, calendarChoice: text, calendarTitle: text })
const Saved = z.object({ saved: z.literal('yes').optional().catch(undefined) })

/** How a person is called and written to. */
export const preferencesPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/me/preferences',
    { config: { may: 'read one’s own things' }, schema: { hide: true, querystring: Saved } },
    async (request, reply) => {
      const { person } = signedInPerson(request.actor)
      const known = await readPerson(deps, deps.db, request.scope, person)
      const { name, zone, wording, calendarChoice, calendarTitle } = known
      const given = { name: name ?? '', zone, wording, calendarChoice, calendarTitle: calendarTitle ?? '' }
      return show(request, reply, given, {}, request.query.saved === 'yes')
    }
  )

  app.post(
    '/me/preferences',
    { config: { may: 'change one’s own things' }, schema: { hide: true, body: Form } },
    async (request, reply) => {
      const { name, calendarTitle, ...choices } = request.body
      // A field that is left empty: no name is given, and the title is the usual one.
      const wanted = { ...choices, ...(name.trim() && { name }), calendarTitle: calendarTitle.trim() || null }
      const read = PreferencesRequest.safeParse(wanted)
      if (!read.success) {
        const faults = read.error.issues.map(({ path, message }) => [String(path[0]), message])
        return show(request, reply, request.body, Object.fromEntries(faults))
      }
      await savePreferences(deps, request.scope, signedInPerson(request.actor).person, read.data)
      return reply.redirect('/me/preferences?saved=yes', 303)
    }
  )

  function show(request: FastifyRequest, reply: FastifyReply, given: Given, faults: Faults, saved = false) {
    const { zone } = request.scope.practice
    const frame = frameOf(request, deps.settings)
    return personalPage(
      reply.code(Object.keys(faults).length > 0 ? 422 : 200),
      <PreferencesPage frame={frame} given={given} practiceZone={zone} faults={faults} saved={saved} />
    )
  }
}
