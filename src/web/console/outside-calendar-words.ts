import type { Fault } from '../../availability/outside/unreadable.ts'

/** Why a calendar could not be had, and what whoever added it can do. */
export const faultWords: Readonly<Record<Fault, { what: string; doing: string }>> = {
  unreachable: {
    what: 'Its server does not answer',
    doing: 'It is tried again by itself. If this lasts, look for a slip in the address and add it anew.'
  },
  'too-slow': {
    what: 'Its server takes longer than ten seconds',
    doing: 'It is tried again by itself. If this lasts, publish a smaller calendar there.'
  },
  unavailable: {
    what: 'Its server has trouble of its own',
    doing: 'It is tried again by itself: there is nothing to do.'
  },
  'not-public': {
    what: 'Its address leads to a private network',
    doing: 'Remove it, and add an address that opens from anywhere.'
  },
  refused: {
    what: 'Its server wants another name or password',
    doing: 'Make a new address or a new password for apps there. Then remove this one and add it anew.'
  },
  gone: {
    what: 'There is no calendar at its address any more',
    doing: 'It may have been published anew: copy its address there again. Then remove this one and add it anew.'
  },
  elsewhere: {
    what: 'Its account keeps its calendars on another server',
    doing:
      'A password goes to no other server than the one that was typed in. Give that server’s address, or use the calendar’s public address instead; for iCloud use the public calendar.'
  },
  'too-large': {
    what: 'It is larger than 5 MB',
    doing: 'Publish only the coming months there, or a calendar with fewer attachments.'
  },
  'too-much': {
    what: 'Reading it takes too long',
    doing: 'Look there for events that repeat without an end at short intervals, and remove what is not needed.'
  },
  'not-a-calendar': {
    what: 'Its address leads to a page and not to a calendar',
    doing: 'Copy the address that ends in .ics, as described beside. Then remove this one and add it anew.'
  },
  'no-calendar': {
    what: 'Its account has no calendar that can be read',
    doing: 'Look whether the address is right, and whether the account has a calendar with events.'
  },
  'cut-off': {
    what: 'It ends in the middle',
    doing: 'It is tried again by itself. If this lasts, publish it anew there.'
  }
}
