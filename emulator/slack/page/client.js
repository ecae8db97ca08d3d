// Follows the workspace and shows it to one of its members.
import { confirmed, showModal } from './dialogs.js'
import { refreshDates } from './dates.js'
import { showMessages } from './messages.js'

const token = document.querySelector('meta[name=token]').content
const select = document.getElementById('user')
const channels = document.getElementById('channels')
const trouble = document.getElementById('trouble')

let events
let state
let channel = new URL(location.href).searchParams.get('channel') ?? ''

select.addEventListener('change', () => watch(select.value))
watch(new URL(location.href).searchParams.get('user') ?? '')

function watch(user) {
  events?.close()
  events = new EventSource(`/events?${new URLSearchParams({ token, user })}`)
  events.onopen = () => over(false)
  // Nothing is left to ask once whatever ran this Slack has ended; the browser goes on trying.
  events.onerror = () => over(true)
  events.onmessage = ({ data }) => {
    state = JSON.parse(data)
    const people = state.members.filter(({ bot }) => !bot)
    if (!people.some(({ id }) => id === user) && people.length > 0) return watch(people[0].id)
    show(user, people)
  }
  events.addEventListener('tick', ({ data }) => {
    if (!state) return
    state.now = Number(data)
    refreshDates(document.body, state.now)
  })
}

/** Says that what ran this Slack has ended, and takes no clicks from then on. */
function over(isOver) {
  const main = document.getElementById('messages')
  if (main.inert === isOver) return
  main.inert = isOver
  select.disabled = isOver
  trouble.hidden = !isOver && state?.trouble === undefined
  trouble.textContent = isOver
    ? 'The demo has ended. What you see is how it ended; buttons do nothing any more.'
    : (state?.trouble ?? '')
}

function show(user, people) {
  const ids = Object.keys(state.channels)
  if (!ids.includes(channel)) channel = ids[0] ?? ''
  const query = new URLSearchParams(ids.length > 1 ? { user, channel } : { user })
  history.replaceState(null, '', `/?${query}`)
  const context = {
    me: user,
    app: state.app,
    names: new Map(state.members.map(({ id, name }) => [id, name])),
    channels: state.channels,
    now: state.now
  }
  showChannels(ids, user, people)
  showPeople(people, user)
  const here = { of: (list) => list.filter((each) => each.channel === channel) }
  const atEnd = innerHeight + scrollY >= document.body.scrollHeight - 40
  showMessages(
    document.getElementById('messages'),
    { messages: here.of(state.messages), ephemerals: here.of(state.ephemerals) },
    context,
    (pressed, button) => void press(pressed, button, context)
  )
  refreshDates(document.body, state.now)
  if (atEnd) scrollTo(0, document.body.scrollHeight)
  trouble.hidden = state.trouble === undefined
  trouble.textContent = state.trouble ?? ''
  showModal(state.modal, context, {
    submit: (values) => post('/submit', user, { values }),
    dismiss: () => post('/dismiss', user, {}),
    press: (pressed, button) => void press({ ...pressed, inModal: true }, button, context)
  })
}

/** The title of the one channel, and a choice where there are several. */
function showChannels(ids, user, people) {
  document.getElementById('channel').textContent = `# ${state.channels[channel] ?? ''}`
  channels.hidden = ids.length < 2
  channels.replaceChildren(
    ...ids.map((id) => {
      const button = document.createElement('button')
      button.type = 'button'
      button.setAttribute('aria-pressed', String(id === channel))
      button.append(`# ${state.channels[id]}`)
      button.addEventListener('click', () => {
        channel = id
        show(user, people)
        channels.querySelector('[aria-pressed=true]')?.focus()
      })
      return button
    })
  )
}

function showPeople(people, user) {
  const shown = [...select.options].map(({ value, text }) => `${value} ${text}`).join()
  const wanted = people.map(({ id, name }) => `${id} ${name}`).join()
  if (shown !== wanted)
    select.replaceChildren(...people.map(({ id, name }) => new Option(name, id)))
  select.value = user
}

/** `pressed`: the element, its message's ts or that it is in the modal, and, of an overflow menu, the option's value. */
async function press({ element, ts, option, inModal }, button, context) {
  if (element.confirm && !(await confirmed(element.confirm, context))) return
  button.disabled = true
  button.setAttribute('aria-busy', 'true')
  const action = element.action_id
  await (inModal
    ? post('/press', context.me, { action })
    : post('/click', context.me, { ts, action, option }))
  button.disabled = false
  button.removeAttribute('aria-busy')
}

/** What fails here fails in the emulator: the page says so and stays as it is. */
async function post(path, user, body) {
  const url = `${path}?${new URLSearchParams({ token, user })}`
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) }).catch(
    () => undefined
  )
  if (answer?.ok) return
  trouble.hidden = false
  trouble.textContent = 'The emulated Slack could not do that.'
}
