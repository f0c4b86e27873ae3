import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { markSuiting } from '../../availability/suits-both.ts'
import { knownTherapist } from '../../bookings/known-therapist.ts'
import { listDates } from '../../bookings/list-editions.ts'
import { findPublicType, listPublicTypes } from '../../catalog/read-session-types.ts'
import { linkBase } from '../../identity/scope.ts'
import type { Deps } from '../../kernel/deps.ts'
import { giveBackTurn } from '../../kernel/limit-plugin.ts'
import { LocalDate, Zone } from '../../kernel/time.ts'
import { Slug } from '../../kernel/wire.ts'
import { frameOf, page, personalPage } from '../page.ts'
import { Alone, NotSure, Together } from './beginnings.tsx'
import { Dates } from './dates.tsx'
import { Forms } from './forms.tsx'
import { freeTimes } from './free-times.ts'
import { Home } from './home.tsx'
import { nextFreeTimes } from './next-free-times.ts'
import { OftenQuery, oftenOf } from './often.ts'
import { PageToShare } from './page-to-share.tsx'
import { Session } from './session.tsx'
import { Times } from './times.tsx'

const open = { config: { may: 'read the catalogue' }, schema: { hide: true } } as const
const Type = z.object({ slug: Slug })

/** An address that somebody changed by hand shows the usual month, not a refusal. */
const TimesQuery = OftenQuery.extend({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
  day: LocalDate.optional().catch(undefined),
  zone: Zone.optional().catch(undefined),
  /** Of everybody, too, for whoever is shown the times of the therapist whom they know. */
  with: z.literal('anyone').optional().catch(undefined)
})

const beginnings = { '/together': Together, '/alone': Alone, '/not-sure': NotSure }

/** What everybody may read: the practice, its sessions, their free times. */
export const siteRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get('/', open, async (request, reply) => {
    const types = await listPublicTypes(deps, request.scope)
    const { description } = request.scope.practice.policies
    return page(reply, <Home frame={frameOf(request, settings)} description={description} types={types} />)
  })

  for (const [address, Beginning] of Object.entries(beginnings))
    app.get(address, open, async (request, reply) =>
      page(reply, <Beginning frame={frameOf(request, settings)} types={await listPublicTypes(deps, request.scope)} />)
    )

  app.get('/forms', open, async (request, reply) => {
    const types = await listPublicTypes(deps, request.scope)
    return page(reply, <Forms frame={frameOf(request, settings)} types={types} kind="open" back="/not-sure" />)
  })

  app.get('/page-to-share', open, async (request, reply) => {
    const url = `${linkBase(settings, request.scope.practice)}/p`
    return page(reply, <PageToShare frame={frameOf(request, settings)} url={url} />)
  })

  app.get('/sessions/:slug', { ...open, schema: { hide: true, params: Type } }, async (request, reply) => {
    const type = await findPublicType(deps, request.scope, request.params.slug)
    const { zone } = request.scope.practice
    if (type.plan.anchor === 'edition') {
      const dates = await listDates(deps, request.scope, type.slug)
      return page(reply, <Dates frame={frameOf(request, settings)} type={type} dates={dates} zone={zone} />)
    }
    const next = type.plan.repeat ? [] : await nextFreeTimes(deps, request.scope, type, zone)
    return page(reply, <Session frame={frameOf(request, settings)} type={type} next={next} zone={zone} />)
  })

  app.get(
    '/sessions/:slug/times',
    { config: { may: 'read slots', limit: 'windows' }, schema: { hide: true, params: Type, querystring: TimesQuery } },
    async (request, reply) => {
      const type = await findPublicType(deps, request.scope, request.params.slug)
      // Of a session with dates these stand on its own page.
      if (type.plan.anchor === 'edition') return reply.redirect(`/sessions/${type.slug}`, 303)
      const practiceZone = request.scope.practice.zone
      const zone = request.query.zone ?? practiceZone
      const often = oftenOf(type, request.query)
      const known = await knownTherapist(deps, request.scope, request.actor, type)
      const anyone = known !== undefined && request.query.with === 'anyone'
      const therapist = anyone ? undefined : known
      const asked = { ...request.query, zone, often, therapist }
      const { remembered, ...free } = await freeTimes(deps, request.scope, type, asked)
      if (remembered) giveBackTurn(request)
      const frame = frameOf(request, settings)
      const slots = await markSuiting(deps, request.scope, request.actor, free.slots)
      const shown = {
        frame,
        type,
        zone,
        practiceZone,
        often,
        ...free,
        slots,
        whose: whoseOf(known, anyone)
      }
      return personalPage(reply, <Times {...shown} />)
    }
  )

  app.get('/leave', open, async (_request, reply) =>
    reply
      .headers({
        'clear-site-data': '"cookies", "storage"',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store'
      })
      .redirect('https://www.weather.gov/', 303)
  )

  app.get('/robots.txt', open, async (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .send(
        'User-agent: *\nDisallow: /a/\nDisallow: /b/\nDisallow: /o/\nDisallow: /p/\nDisallow: /r/\nDisallow: /f/\nDisallow: /x/\nDisallow: /s/\nDisallow: /w/\nDisallow: /me\nDisallow: /sign-in\nDisallow: /console\nDisallow: /sandbox\n'
      )
  )
}

/** Whose times are shown to somebody who knows a therapist. */
function whoseOf(known: string | undefined, anyone: boolean): 'known' | 'anyone' | undefined {
  if (known === undefined) return undefined
  return anyone ? 'anyone' : 'known'
}
