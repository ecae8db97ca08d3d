// The names that Slack gives to common emoji.
import { drawn } from './drawings.js'

const NAMES = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 clap 👏 pray 🙏 wave 👋 raised_hands 🙌 muscle 💪
point_right 👉 point_left 👈 point_up ☝️ point_down 👇 raising_hand 🙋 eyes 👀 brain 🧠 robot_face 🤖
smile 😄 slightly_smiling_face 🙂 grin 😁 joy 😂 sweat_smile 😅 wink 😉 thinking_face 🤔 neutral_face 😐
cry 😢 sob 😭 scream 😱 rage 😡 sunglasses 😎 heart ❤️ broken_heart 💔 100 💯 fire 🔥 boom 💥 tada 🎉
sparkles ✨ star ⭐ star2 🌟 zap ⚡ rainbow 🌈 sunny ☀️ cloud ☁️ umbrella ☔ snowflake ❄️ snowman ⛄ ice_cube 🧊
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎
heavy_multiplication_x ✖️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 warning ⚠️ rotating_light 🚨
exclamation ❗ grey_exclamation ❕ question ❓ grey_question ❔ bangbang ‼️ information_source ℹ️
heavy_plus_sign ➕ heavy_minus_sign ➖ red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡
large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫
large_red_square 🟥 large_green_square 🟩 large_yellow_square 🟨 white_large_square ⬜ black_large_square ⬛
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_forward ▶️ black_square_for_stop ⏹️
double_vertical_bar ⏸️ rewind ⏪ fast_forward ⏩ leftwards_arrow_with_hook ↩️ arrows_counterclockwise 🔄
repeat 🔁 hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️ timer_clock ⏲️ alarm_clock ⏰ watch ⌚
clock1 🕐 clock12 🕛 calendar 📆 date 📅 spiral_calendar_pad 🗓️ bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢
speech_balloon 💬 lock 🔒 unlock 🔓 closed_lock_with_key 🔐 key 🔑 shield 🛡️ mag 🔍 mag_right 🔎 link 🔗
paperclip 📎 pushpin 📌 bookmark 🔖 label 🏷️ memo 📝 pencil2 ✏️ clipboard 📋 page_facing_up 📄 scroll 📜
ledger 📒 books 📚 file_folder 📁 open_file_folder 📂 package 📦 inbox_tray 📥 outbox_tray 📤 email 📧
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 rocket 🚀 ship 🚢 construction 🚧
vertical_traffic_light 🚦 traffic_light 🚥 checkered_flag 🏁 triangular_flag_on_post 🚩 white_flag 🏳️
hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ broom 🧹 bug 🐛 ambulance 🚑 fire_engine 🚒 test_tube 🧪
microscope 🔬 computer 💻 bulb 💡 electric_plug 🔌 battery 🔋 satellite 🛰️ globe_with_meridians 🌐 whale 🐳
bust_in_silhouette 👤 busts_in_silhouette 👥 police_car 🚓 cop 👮 ghost 👻 skull 💀 coffee ☕ beer 🍺
`
const words = NAMES.trim().split(/\s+/)

/** Character by name; null-prototyped, so that no name finds what is not here. */
export const EMOJI = Object.assign(
  Object.create(null),
  Object.fromEntries(
    words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1]]] : []))
  )
)

/** A plain text with its `:names:` as characters, for where a picture cannot stand. */
export function emoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole)
}

/** A plain text with its `:names:` as pictures. */
export function emojiNodes(text) {
  const fragment = document.createDocumentFragment()
  let end = 0
  for (const match of text.matchAll(/:([a-z0-9_+-]+):/g)) {
    fragment.append(text.slice(end, match.index), emojiNode(match[1]) ?? match[0])
    end = match.index + match[0].length
  }
  fragment.append(text.slice(end))
  return fragment
}

/** The emoji of this name: drawn, or its character; undefined if there is none. */
export function emojiNode(name) {
  return drawn(name) ?? EMOJI[name]
}
