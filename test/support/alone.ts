/**
 * A process of Node that stands alone, for `spawn` and `fork`: tap has every other one note each module that it loads, by
 * NODE_OPTIONS, which is a fifth of a start. `env` becomes the process itself: its number and signals are the same.
 */
export const alone = { execPath: 'env', execArgv: ['-u', 'NODE_OPTIONS', process.execPath] }
