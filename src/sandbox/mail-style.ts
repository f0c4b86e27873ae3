import { palette } from './palette.ts'

/** The one sheet of the mail catcher's pages: the colours of the practice's pages, the system's fonts. */
export const mailStyle = `
:root {${palette}
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.6 system-ui, 'Segoe UI', sans-serif;
  overflow-wrap: anywhere;
}
.banner { padding: 0.5rem 1.25rem; background: var(--wash); text-align: center; font-size: 0.9375rem; }
main { max-inline-size: 46rem; margin-inline: auto; padding: 2rem 1.25rem 4rem; }
h1, h2 { font-family: 'Iowan Old Style', Georgia, serif; font-weight: 500; line-height: 1.2; margin-block: 0 0.75rem; }
h1 { font-size: clamp(1.75rem, 1.5rem + 1.5vw, 2.5rem); }
h2 { font-size: 1.3rem; margin-block-start: 2rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 0.25rem; }
.muted, time, dt { color: var(--muted); }
time { font-variant-numeric: tabular-nums; }
form { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: center; }
input {
  flex: 1 1 9rem;
  min-inline-size: 0;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--edge);
  border-radius: 0.5rem;
  background: var(--card);
  color: inherit;
  font: inherit;
}
button, .button {
  display: inline-block;
  padding: 0.5rem 1.1rem;
  border: 0;
  border-radius: 0.5rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  text-decoration: none;
  cursor: pointer;
}
.mails { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); }
.mails li + li { border-block-start: 1px solid var(--line); }
.mails a {
  display: grid;
  grid-template-columns: 1fr auto;
  gap: 0 1rem;
  padding: 0.75rem 1rem;
  color: inherit;
  text-decoration: none;
}
.mails a:hover strong { text-decoration: underline; }
.mails strong { grid-column: 1 / -1; font-weight: 600; }
.mails span { color: var(--muted); }
.empty { padding: 2rem 1rem; border: 1px dashed var(--edge); border-radius: 0.5rem; text-align: center; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin-block: 0 1.5rem; }
.facts dd { margin: 0; }
iframe {
  inline-size: 100%;
  block-size: 26rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: #fff;
  color-scheme: light;
  resize: vertical;
}
pre {
  margin: 0;
  padding: 1rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--card);
  font: 0.9375rem/1.55 ui-monospace, Menlo, Consolas, monospace;
  white-space: pre-wrap;
}
details { margin-block-start: 1.25rem; }
summary { cursor: pointer; padding-block: 0.375rem; }
@media (max-width: 30rem) {
  .mails a { grid-template-columns: 1fr; }
}
`
