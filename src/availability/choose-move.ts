import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { calendarOf, offerOf } from './calendar.ts'
import { checkStart, type Verdict } from './engine.ts'
import { type OpenSlot, openSlots } from './open-slots.ts'
import { type Loaded, loadWindow } from './store.ts'

/** Appointments that are to be laid anew: with the same therapist, at the same place, by the version they were booked with. */
export interface Moving {
  /** Their ids: they do not stand in their own way. */
  appointments: readonly string[]
  type: Pick<SessionType, 'slug' | 'plan' | 'rules'>
  therapist: string
  place: string
}

/** Whether a booking can begin at another start (ms). For a move: under its resources' locks. */
export async function checkMove(
  db: Executor,
  scope: PracticeScope,
  moving: Moving,
  start: number,
  now: number
): Promise<{ verdict: Verdict; offering: Loaded['offerings'][number] | undefined }> {
  const loaded = await loadFor(db, scope, moving, start, start + 1)
  const [offering] = loaded.offerings
  if (!loaded.type || !offering) return { verdict: 'not-offered', offering: undefined }
  return { verdict: checkStart(offerOf(loaded.type), calendarOf(loaded, loaded.type, offering), start, now), offering }
}

/** The starts to which a booking can be moved in [from, to), soonest first. */
export async function openMoves(
  db: Executor,
  scope: PracticeScope,
  moving: Moving,
  { from, to }: { from: number; to: number },
  now: number
): Promise<OpenSlot[]> {
  const asked = { slug: moving.type.slug, from, to }
  return openSlots(await loadFor(db, scope, moving, from, to), asked, now)
}

async function loadFor(db: Executor, scope: PracticeScope, moving: Moving, from: number, to: number): Promise<Loaded> {
  const { appointments, type, therapist, place } = moving
  const loaded = await loadWindow(db, scope, { slug: type.slug, from, to, therapist, place, moving: appointments })
  const { plan, rules } = type
  return { ...loaded, type: loaded.type && { ...loaded.type, plan, rules } }
}
