// Emoji that an app of the emulator uses, drawn here: a machine without a font for emoji shows
// empty boxes in their place. Each is a list of shapes in a square of 20, and is no copy of any
// font's. An emoji that is not here is shown as its character.
const SVG = 'http://www.w3.org/2000/svg'

const WHITE = '#ffffff'
const RED = '#d92b3a'
const GREEN = '#1f8a4c'
const BLUE = '#2d6fc4'
const AMBER = '#f2b01e'
const GREY = '#8a8f98'
const DARK = '#4b3a1a'

const square = (fill) => ['rect', { x: 1, y: 1, width: 18, height: 18, rx: 4, fill }]
const disc = (fill) => ['circle', { cx: 10, cy: 10, r: 9, fill }]
const stroke = (d, colour, width = 2.6) => [
  'path',
  {
    d,
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round'
  }
]
const filled = (d, fill) => ['path', { d, fill }]
const glass = (sand) => [
  filled(
    'M4 1h12v2.4c0 3-2.6 4.6-4.4 6.6 1.8 2 4.4 3.6 4.4 6.6V19H4v-2.4c0-3 2.6-4.6 4.4-6.6C6.6 8 4 6.4 4 3.4Z',
    '#b9d6ee'
  ),
  filled(sand, AMBER),
  stroke('M3.5 1.5h13M3.5 18.5h13', '#8a5a2b', 2)
]

const DRAWINGS = {
  white_check_mark: [square(GREEN), stroke('m5.2 10.6 3.2 3.2 6.4-7.2', WHITE)],
  x: [stroke('m4 4 12 12M16 4 4 16', RED, 3.6)],
  warning: [filled('M10 1.4 19.4 18H.6Z', AMBER), stroke('M10 7.4v4.8M10 15.2v.1', DARK, 2.2)],
  hourglass: glass('M6 17.4c.4-2 2-3.2 4-3.6 2 .4 3.6 1.6 4 3.6Z'),
  hourglass_flowing_sand: glass(
    'M6.2 5.4h7.6c-.8 1.6-2.6 2.6-3.8 4.2-1.2-1.6-3-2.6-3.8-4.2ZM9.5 9.5h1v5.5h-1ZM7 17.4c.4-1.4 1.6-2.2 3-2.4 1.4.2 2.6 1 3 2.4Z'
  ),
  grey_question: [
    stroke(
      'M6.4 6.8c0-2.2 1.7-3.8 3.8-3.8s3.8 1.4 3.8 3.4c0 2.8-3.8 3-3.8 5.8M10.2 16.6v.1',
      GREY,
      2.8
    )
  ],
  snowflake: [
    stroke('M10 1.5v17M2.6 5.7l14.8 8.6M17.4 5.7 2.6 14.3', '#4aa3df', 2),
    stroke('m7.6 3 2.4 2 2.4-2M7.6 17l2.4-2 2.4 2', '#4aa3df', 1.6)
  ],
  lock: [
    stroke('M6 9.5V6.4a4 4 0 0 1 8 0v3.1', GREY, 2.2),
    ['rect', { x: 3.5, y: 9, width: 13, height: 10, rx: 2, fill: AMBER }],
    stroke('M10 13v2.4', DARK, 2)
  ],
  rotating_light: [
    filled('M4.5 15V9.5a5.5 5.5 0 0 1 11 0V15Z', RED),
    ['rect', { x: 2.5, y: 15, width: 15, height: 4, rx: 1, fill: GREY }],
    stroke('M10 .9v1M2.6 3.2l.8.8M17.4 3.2l-.8.8', RED, 1.6),
    stroke('M7.6 12V9.8c0-1.2.8-2.2 2-2.4', WHITE, 1.4)
  ],
  no_entry: [disc(RED), ['rect', { x: 4.5, y: 8, width: 11, height: 4, rx: 1, fill: WHITE }]],
  heavy_minus_sign: [stroke('M3 10h14', GREY, 3.4)],
  tada: [
    filled('M1.5 18.5 6.5 6.5l7 7Z', AMBER),
    stroke('M11 8.5c.2-2.5 1.5-4 1-6.5M12.5 9.5c1.8-1.4 3.5-1 5.5-2.2', BLUE, 1.6),
    stroke('M13 12.5c1.6-.4 2.8.6 4.5.2', RED, 1.6),
    ['circle', { cx: 16, cy: 3.5, r: 1.2, fill: RED }],
    ['circle', { cx: 8, cy: 2.8, r: 1.1, fill: GREEN }]
  ],
  bell: [
    filled('M10 1.5c3.6 0 5.6 2.6 5.6 6v4.3l2 2.9H2.4l2-2.9V7.5c0-3.4 2-6 5.6-6Z', AMBER),
    filled('M7.8 16h4.4a2.2 2.2 0 0 1-4.4 0Z', DARK)
  ],
  octagonal_sign: [
    filled('M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3Z', RED),
    stroke('M6 10h8', WHITE, 2.8)
  ],
  arrow_right: [square(BLUE), stroke('M5 10h9M10.8 6.2 14.6 10l-3.8 3.8', WHITE, 2.2)],
  leftwards_arrow_with_hook: [
    square(BLUE),
    stroke('M8.2 5.4 5 8.6l3.2 3.2M5.4 8.6h6.8a2.9 2.9 0 0 1 0 5.8H8.6', WHITE, 2.1)
  ]
}

/** The emoji of this name as a picture that says its name; undefined if it is not drawn here. */
export function drawn(name) {
  if (!Object.hasOwn(DRAWINGS, name)) return undefined
  const picture = document.createElementNS(SVG, 'svg')
  picture.setAttribute('viewBox', '0 0 20 20')
  picture.setAttribute('class', 'emoji')
  picture.setAttribute('role', 'img')
  picture.setAttribute('aria-label', name.replaceAll('_', ' '))
  for (const [shape, attributes] of DRAWINGS[name]) {
    const node = document.createElementNS(SVG, shape)
    for (const [attribute, value] of Object.entries(attributes)) {
      node.setAttribute(attribute, String(value))
    }
    picture.append(node)
  }
  return picture
}
