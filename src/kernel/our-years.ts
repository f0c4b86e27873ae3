/** What a calendar is asked for, and what it tells, lies in these years; PostgreSQL and the zones' rules know no others surely. */
export const [firstYear, lastYear] = [1970, 2199]
