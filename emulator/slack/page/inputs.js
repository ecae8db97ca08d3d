// Input blocks: a label, a field, its hint, its error and how many characters are left.
import { emoji } from './emoji.js'

export function inputBlock({ block_id: id, label, hint, element, optional }) {
  const part = make('div', 'input')
  const title = make('label', '', emoji(label.text))
  if (optional) title.append(make('span', 'optional', ' (optional)'))
  const field = document.createElement(element.multiline ? 'textarea' : 'input')
  field.id = `field-${id}`
  title.htmlFor = field.id
  field.name = id
  field.autocomplete = 'off'
  field.value = element.initial_value ?? ''
  if (element.placeholder) field.placeholder = element.placeholder.text
  field.setAttribute('aria-required', String(!optional))
  const error = make('p', 'error')
  error.id = `error-${id}`
  error.setAttribute('role', 'alert')
  error.hidden = true
  part.append(title, field, error)
  const about = [error.id]
  const below = make('div', 'below')
  if (hint) {
    const note = make('span', 'hint', emoji(hint.text))
    note.id = `hint-${id}`
    about.push(note.id)
    below.append(note)
  }
  if (element.max_length) below.append(counter(field, element.max_length))
  part.append(below)
  field.setAttribute('aria-describedby', about.join(' '))
  return part
}

/** Shows what is wrong at each field, by block id, and clears the others. The first wrong one gets the focus. */
export function showErrors(form, errors) {
  let first
  for (const field of form.querySelectorAll('textarea, input')) {
    const said = Object.hasOwn(errors, field.name) ? errors[field.name] : undefined
    const error = field.parentElement.querySelector('.error')
    if (error.textContent !== (said ?? '')) error.textContent = said ?? ''
    error.hidden = said === undefined
    field.setAttribute('aria-invalid', String(said !== undefined))
    if (said !== undefined) first ??= field
  }
  first?.focus()
}

function counter(field, most) {
  const left = make('span', 'left')
  const count = () => {
    const rest = most - field.value.length
    left.textContent = String(rest)
    left.classList.toggle('over', rest < 0)
    left.setAttribute('aria-label', `${rest} characters left`)
  }
  field.addEventListener('input', count)
  count()
  return left
}

function make(name, className, text = '') {
  const node = document.createElement(name)
  if (className !== '') node.className = className
  if (text !== '') node.append(text)
  return node
}
