/** The environment in which a process tells time that runs `factor` times as fast; see scaled-time.mjs. */
export function scaledTime(factor: number): Readonly<Record<string, string>> {
  const preload = new URL('scaled-time-of-processes.mjs', import.meta.url).href
  return { NODE_OPTIONS: `--import=${preload}`, TIME_SCALE: `${factor} ${Date.now()}` }
}
