import type { FastifyReply, FastifyRequest } from 'fastify'
import { readOpeningHours } from '../../availability/read-opening-hours.ts'
import { readSlots } from '../../availability/read-slots.ts'
import { saveOpeningHours } from '../../availability/save-opening-hours.ts'
import { listPublicTypes } from '../../catalog/read-session-types.ts'
import { listPlaces, listSessionTypes, type Resource } from '../../catalog/store.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { changedMeanwhile, Problem } from '../../kernel/problem.ts'
import type { Faults } from '../components/fields.tsx'
import { frameOf, personalPage } from '../page.ts'
import { changeRows, draftOf, type HoursDraft, readDraft, settingsOf } from './hours-form.ts'
import { OpeningHoursPage } from './opening-hours.tsx'
import { meantTherapist } from './therapist.ts'

/** The hours as they are saved. */
export async function showHours(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { therapist: slug, saved }: { therapist?: string | undefined; saved?: string | undefined }
) {
  const therapist = await meantTherapist(deps, request.scope, request.actor, slug)
  const { settings, etag } = await readOpeningHours(deps, request.scope, therapist.slug)
  return answer(deps, request, reply, {
    therapist,
    draft: draftOf(settings),
    etag,
    faults: {},
    saved: saved !== undefined
  })
}

/** Adds or removes a row without saving, or saves what stands in the form and reads it anew. */
export async function saveHoursFromPage(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  form: Record<string, string | string[]>
) {
  const { scope, actor } = request
  const [action, etag, slug] = ['do', 'etag', 'therapist'].map(name => String(form[name] ?? ''))
  const therapist = await meantTherapist(deps, scope, actor, slug)
  const draft = readDraft(form)
  const shown = { therapist, draft, etag: etag ?? '', saved: false }
  if (action !== 'save')
    return answer(deps, request, reply, { ...shown, draft: changeRows(draft, action ?? ''), faults: {} })
  const { settings, faults } = settingsOf(draft, therapist.zone)
  if (!settings) return answer(deps, request, reply.code(422), { ...shown, faults })
  const conflict = await saveOpeningHours(deps, scope, actor, therapist.slug, settings, etag).catch(meanwhile)
  if (typeof conflict === 'string')
    return reply.redirect(`/console/opening-hours?therapist=${therapist.slug}&saved=yes`, 303)
  const newest = await readOpeningHours(deps, scope, therapist.slug)
  return answer(deps, request, reply.code(412), { ...shown, etag: newest.etag, faults: { weekly: overtaken } })
}

const overtaken =
  'Somebody saved these hours while you were changing them, so yours are not saved. Save again to replace theirs by what stands here, or open the page anew to see theirs'

interface Shown {
  therapist: Resource
  draft: HoursDraft
  etag: string
  faults: Faults
  saved: boolean
}

async function answer(deps: Deps, request: FastifyRequest, reply: FastifyReply, { draft, ...shown }: Shown) {
  const { scope } = request
  const choices = { places: await listPlaces(deps.db, scope), types: await listSessionTypes(deps.db, scope) }
  const preview = await nextWeek(deps, scope, shown.therapist)
  const frame = frameOf(request, deps.settings)
  return personalPage(
    reply,
    <OpeningHoursPage frame={frame} {...shown} {...draft} choices={choices} preview={preview} />
  )
}

/** What could be booked of each public session type from today, for seven days. */
async function nextWeek(deps: Deps, scope: PracticeScope, { slug, zone }: Resource) {
  const today = deps.now().setZone(zone)
  const [from, to] = [0, 6].map(days => today.plus({ days }).toFormat('yyyy-LL-dd'))
  if (!from || !to) return []
  // Dates for several couples follow no opening hours.
  const types = (await listPublicTypes(deps, scope)).filter(({ plan }) => plan.anchor !== 'edition')
  return Promise.all(
    types.map(async type => ({
      name: type.name,
      slots: (await readSlots(deps, scope, type.slug, { from, to, zone, therapist: slug })).view.slots
    }))
  )
}

/** A conflict is told on the page; whatever else is thrown goes on. */
function meanwhile(error: unknown): Problem {
  if (error instanceof Problem && error.code === changedMeanwhile().code) return error
  throw error
}
