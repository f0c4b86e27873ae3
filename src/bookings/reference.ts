/** What the staff call a booking where no name may stand: the random end of its id. */
export function referenceOf(bookingId: string): string {
  return bookingId.slice(-6).toUpperCase()
}
