/** Values of one metric, each with how often it was measured. */
export type Samples = readonly (readonly [value: number, times: number])[]

/** Makes one figure of some samples; there is at least one. */
export type Statistic = (samples: Samples) => number

const PLAIN: Readonly<Record<string, Statistic>> = {
  SampleCount: count,
  Sum: sum,
  Average: (samples) => sum(samples) / count(samples),
  Minimum: (samples) => samples.reduce((least, [value]) => Math.min(least, value), Infinity),
  Maximum: (samples) => samples.reduce((most, [value]) => Math.max(most, value), -Infinity)
}

/** The statistic of this name, percentiles among them; undefined where AWS has none such, or we have not. */
export function statisticOf(name: string): Statistic | undefined {
  if (Object.hasOwn(PLAIN, name)) return PLAIN[name]
  const percent = Number(/^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(name)?.[1])
  if (!(percent >= 0 && percent <= 100)) return undefined
  return (samples) => percentile(samples, percent)
}

function count(samples: Samples): number {
  return samples.reduce((all, [, times]) => all + times, 0)
}

function sum(samples: Samples): number {
  return samples.reduce((all, [value, times]) => all + value * times, 0)
}

/** The least value that so many per cent of the samples do not exceed. */
function percentile(samples: Samples, percent: number): number {
  const rank = Math.max(1, Math.ceil((percent / 100) * count(samples)))
  let passed = 0
  for (const [value, times] of samples.toSorted(([one], [other]) => one - other)) {
    passed += times
    if (passed >= rank) return value
  }
  return NaN
}
