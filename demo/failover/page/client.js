/** How much of the past the chart shows, in readings of half a second. */
const READINGS = 180
const WIDTH = 600
const HEIGHT = 140

/** @type {{ share: number, weight: number }[]} */
const past = []
let before

const byId = (id) => document.getElementById(id)

new EventSource('events').addEventListener('message', ({ data }) => show(JSON.parse(data)))

function show(state) {
  const [one, two] = state.sides
  const all = one.weight + two.weight
  const share = all === 0 ? 0 : (100 * two.weight) / all
  showBar(100 - share, share)
  const rates = ratesOf(state.sides)
  byId('sides').replaceChildren(
    card('one', one, 100 - share, rates[0]),
    card('two', two, share, rates[1])
  )
  const came = rates[0] + rates[1]
  const measured = came === 0 ? (past.at(-1)?.share ?? share) : (100 * rates[1]) / came
  // Half a second has ten requests: what is drawn is the mean of the last few.
  const recent = [...past.slice(-3).map((each) => each.measured ?? each.share), measured]
  const mean = recent.reduce((sum, each) => sum + each, 0) / recent.length
  past.push({ share: mean, weight: share, measured })
  if (past.length > READINGS) past.shift()
  drawChart()
  showReleases(state.releases)
  const { failures } = state
  byId('failures').textContent =
    failures === 0 ? 'No request has failed.' : `${failures} requests have failed.`
  byId('failures').className = failures === 0 ? 'good' : 'bad'
}

function showBar(one, two) {
  const [first, second] = byId('bar').children
  for (const [part, share, name] of [
    [first, one, 'prod1'],
    [second, two, 'prod2']
  ]) {
    part.style.width = `${share}%`
    part.textContent = share >= 20 ? `${name} ${Math.round(share)} %` : ''
  }
  byId('bar').setAttribute('aria-label', `prod1 ${Math.round(one)} %, prod2 ${Math.round(two)} %`)
}

/** Requests that have come since the last reading. */
function ratesOf(sides) {
  const now = sides.map(({ requests }) => requests)
  const rates = now.map((count, place) => count - (before?.[place] ?? count))
  before = now
  return rates
}

function card(kind, side, share, rate) {
  const versions = side.versions.join(', ')
  const rows = [
    ['version', versions === '' ? '–' : versions],
    ['weight', side.weight],
    ['requests', side.requests],
    ['a second', rate * 2],
    ['open', side.open],
    ['healthy', `${side.healthy} of ${side.targets}`]
  ]
  return element('article', { className: `side ${kind}` }, [
    element('h3', {}, [
      element('span', { textContent: side.name }),
      element('span', { textContent: `${Math.round(share)} %` })
    ]),
    element(
      'dl',
      {},
      rows.flatMap(([name, value]) => [
        element('dt', { textContent: name }),
        element('dd', { textContent: String(value) })
      ])
    )
  ])
}

function drawChart() {
  const x = (place) => (WIDTH * place) / (READINGS - 1)
  const y = (share) => HEIGHT - 4 - ((HEIGHT - 8) * share) / 100
  const points = past.map(({ share }, place) => `${x(place).toFixed(1)},${y(share).toFixed(1)}`)
  const area = `M${x(0).toFixed(1)},${y(0)} L${points.join(' L')} L${x(past.length - 1).toFixed(1)},${y(0)} Z`
  const line = past
    .map(({ weight }, place) => {
      const to = `${x(place).toFixed(1)},${y(weight).toFixed(1)}`
      return place === 0 ? `M${to}` : `H${x(place).toFixed(1)} V${y(weight).toFixed(1)}`
    })
    .join(' ')
  const chart = byId('chart')
  chart.querySelector('.area').setAttribute('d', area)
  chart.querySelector('.line').setAttribute('d', line)
  const { share = 0, weight = 0 } = past.at(-1) ?? {}
  chart.setAttribute(
    'aria-label',
    `prod2 answers ${Math.round(share)} % of the requests, its weight is ${Math.round(weight)} %`
  )
  byId('seconds').textContent = `Both over the last ${Math.round(past.length / 2)} s.`
}

function showReleases(releases) {
  byId('releases').replaceChildren(
    ...releases.map(({ version, from, to, finish, outcome }) => {
      const end = finish === 'balanced' ? `, then ${from} too and an even split` : ''
      const good = outcome === 'released'
      return element('li', {}, [
        element('span', {
          className: 'what',
          textContent: `Version ${version}: ${from} served, so it goes to ${to}${end}`
        }),
        outcome === undefined
          ? element('span', { className: 'line', textContent: 'on its way' })
          : element('span', { className: good ? 'good' : 'bad', textContent: outcome })
      ])
    })
  )
  const current = releases.at(-1)
  if (!current) return
  byId('state').textContent =
    current.outcome === undefined
      ? `Version ${current.version} is on its way to ${current.to}. Last in the log: ${current.line}`
      : `Version ${current.version}: ${current.outcome}.`
}

function element(name, properties, children = []) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
