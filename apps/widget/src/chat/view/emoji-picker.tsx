import { say } from '../words/words.ts'

/** Those that people use in a chat with a shop; the rest is on their keyboard. Skin tones stay neutral. */
const emoji = Array.from(
  new Intl.Segmenter().segment(
    '😀😃😄😁😆😅😂🤣😊😇🙂🙃😉😌😍🥰😘😋😛😜🤪🤗🤭🤫🤔🤐😐😶😏😒🙄😬😴😷🤒🤧🥳😎🤓🧐😕😟🙁😮😲😳🥺😦😨😰😥😢😭😱😖😞😓😩😫🥱😤😡😠' +
      '👍👎👌✌️🤞🤝👏🙌🙏💪👋🤙👈👉👆👇☝️✋❤️🧡💛💚💙💜🖤💔💕💯✨⭐🌟🔥🎉🎊🎁🎂🌹🌸🌻☀️🌙☔❄️🌈☕🍵🍺🍜🍰' +
      '📦🚚✈️🚗🏠🏪🛒💰💳🧾📱💻📷📞✉️📅⏰🔑🔒✅❌❓❗⚠️➕🆗🆕',
  ),
  ({ segment }) => segment,
)

export const EmojiPicker = ({ onPick }: { onPick: (emoji: string) => void }) => (
  <fieldset class="emojis" aria-label={say('emoji')}>
    {emoji.map((sign) => (
      <button key={sign} type="button" onClick={() => onPick(sign)}>
        {sign}
      </button>
    ))}
  </fieldset>
)
