/** Inline icons, drawn with the text's colour and size. They say nothing of their own: each stands beside words. */

export const ArrowRight = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M4 12h15M13 6l6 6-6 6" />
  </svg>
)

export const ArrowLeft = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M20 12H5M11 6l-6 6 6 6" />
  </svg>
)

export const Cross = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M6 6l12 12M18 6L6 18" />
  </svg>
)

export const Check = () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M5 12.5l4.5 4.5L19 7" />
  </svg>
)
