/** The colours of the practice's pages, for the pages of what stands in for others. */
export const palette = `
  color-scheme: light dark;
  --paper: light-dark(#f8f4ed, #181613);
  --card: light-dark(#fffdf9, #211e1a);
  --ink: light-dark(#27221c, #ece5da);
  --muted: light-dark(#655c51, #b0a698);
  --line: light-dark(#e2d9cb, #3a342d);
  --edge: light-dark(#8d8274, #847a6d);
  --accent: light-dark(#24493f, #a3cdbb);
  --on-accent: light-dark(#fffdf9, #14201b);
  --wash: light-dark(#e9eee6, #26302b);`
