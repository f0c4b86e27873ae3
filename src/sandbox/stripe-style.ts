import { palette } from './palette.ts'

/** The one sheet of the simulator's pages: the colours of the practice's pages, the system's fonts. */
export const stripeStyle = `
:root {${palette}
  --warn: light-dark(#8a3021, #f2a996);
  --warn-wash: light-dark(#f9e8e2, #38231e);
}
*, *::before, *::after { box-sizing: border-box; }
html { text-size-adjust: 100%; }
body {
  margin: 0;
  min-block-size: 100dvh;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.6 system-ui, 'Segoe UI', sans-serif;
  overflow-wrap: anywhere;
}
.banner { margin: 0; padding: 0.5rem 1.25rem; background: var(--wash); text-align: center; font-size: 0.9375rem; }
main { max-inline-size: 58rem; margin-inline: auto; padding: clamp(1.25rem, 4vw, 3rem) 1.25rem 4rem; }
h1, h2 { font-family: 'Iowan Old Style', Georgia, serif; font-weight: 500; line-height: 1.2; margin: 0 0 0.75rem; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.4rem + 1.2vw, 2.2rem); }
h2 { font-size: 1.35rem; }
.wide h2 { margin-block-start: 2.5rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 0.25rem; }
.back { margin: 0 0 1.5rem; }
.back a, .rows a { display: inline-block; padding-block: 0.35rem; }
.columns { display: grid; gap: 2rem; align-items: start; }
.order dl { margin: 0; }
.order dl div { display: flex; justify-content: space-between; gap: 1rem; padding-block: 0.6rem; border-block-end: 1px solid var(--line); }
.order dd { margin: 0; font-variant-numeric: tabular-nums; }
.order .total { border: 0; font-weight: 600; }
.card {
  max-inline-size: 30rem;
  padding: clamp(1.25rem, 4vw, 2rem);
  border: 1px solid var(--line);
  border-radius: 0.75rem;
  background: var(--card);
}
main > .card { margin-inline: auto; }
.card > :last-child { margin-block-end: 0; }
label { display: block; margin-block-end: 0.25rem; font-weight: 500; }
input {
  inline-size: 100%;
  min-block-size: 2.9rem;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--edge);
  border-radius: 0.5rem;
  background: var(--card);
  color: inherit;
  font: inherit;
  font-variant-numeric: tabular-nums;
}
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin-block: 1rem 1.25rem; }
.pair p { margin: 0; }
.payer { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; margin: 0 0 1rem; padding-block-end: 0.75rem; border-block-end: 1px solid var(--line); }
.payer span, .hint, .what, time, .empty { color: var(--muted); }
.payer b { font-weight: 500; }
button, .button {
  display: block;
  inline-size: 100%;
  min-block-size: 3rem;
  padding: 0.65rem 1.25rem;
  border: 1px solid var(--accent);
  border-radius: 0.5rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
.second { margin-block-start: 0.75rem; background: transparent; color: var(--accent); }
.alert { margin: 0 0 1rem; padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--warn-wash); color: var(--warn); }
.hint { margin-block-start: 1.25rem; font-size: 0.9375rem; }
.hint p, .hint ul { margin: 0; }
.hint ul { padding: 0; list-style: none; }
code { font: 0.9em ui-monospace, 'Cascadia Mono', monospace; }
.rows { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); }
.rows li { display: grid; grid-template-columns: 1fr auto; gap: 0.1rem 1rem; padding: 0.9rem 1.1rem; }
.rows li + li { border-block-start: 1px solid var(--line); }
.rows b { font-variant-numeric: tabular-nums; }
.rows > li > code, .what, .rows time { grid-column: 1 / -1; font-size: 0.9375rem; }
.rows > li > code { font-size: 0.8125rem; color: var(--muted); }
.state { align-self: start; padding: 0 0.6rem; border-radius: 1rem; background: var(--wash); font-size: 0.875rem; }
.failed { background: var(--warn-wash); color: var(--warn); }
@media (min-width: 48rem) {
  .columns { grid-template-columns: 1fr 1.1fr; gap: 4rem; }
  .order { padding-block-start: 1.5rem; }
}
`
