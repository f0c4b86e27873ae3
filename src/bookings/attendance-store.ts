import { and, eq } from 'drizzle-orm'
import { appointments, participants } from '../../db/schema/appointments.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Attendance } from './attendance.ts'

export async function setAttendance(
  tx: Transaction,
  { practice }: PracticeScope,
  appointmentId: string,
  personId: string,
  attendance: Attendance
): Promise<void> {
  await tx
    .update(participants)
    .set({ attendance })
    .where(
      and(
        eq(participants.practiceId, practice.id),
        eq(participants.appointmentId, appointmentId),
        eq(participants.personId, personId)
      )
    )
}

export async function setAppointmentState(
  tx: Transaction,
  { practice }: PracticeScope,
  id: string,
  state: 'planned' | 'done' | 'missed'
): Promise<void> {
  await tx
    .update(appointments)
    .set({ state })
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.id, id)))
}
