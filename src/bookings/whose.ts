import type { Write } from '../kernel/rows.ts'
import type { Booker } from './booker.ts'
import type { ForCaller } from './for-caller.ts'
import type { Holder } from './holder.ts'

/** Whose booking it is: by which id, held by whom, and whether it came by a partner's link. */
export interface Whose {
  id: string
  holder: Holder | undefined
  booker: Booker
  byLink?: boolean | undefined
  /** Staff book for a caller: the practice's own yes is given with it, and no code is asked for. */
  forCaller?: ForCaller | undefined
  /** The edition of which it is a seat. */
  edition?: string | undefined
  /** The practice has said yes before. */
  approved?: boolean
  /** Of a seat: whom they would rather not meet there. */
  notMeet?: string | undefined
  /** What is written with it, once it is known whose it is: nothing can be asked of the database after a booking was taken. */
  also?: (clientId: string) => readonly Write[]
}
