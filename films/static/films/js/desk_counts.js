// Counts beside long texts as one types, by the rules of films/text.py; the server gave the first figure.
const UNSPACED =
  "\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3105-\\u312f\\u31a0-\\u31bf\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3fffd}";
const characters = new RegExp(`[${UNSPACED}]`, "gu");
const words = new RegExp(`(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu");
const HAN_A_MINUTE = 400;
const WORDS_A_MINUTE = 220;

const found = (pattern, text) => (text.match(pattern) ?? []).length;

export const measure = (text) => {
  const [han, latin] = [found(characters, text), found(words, text)];
  const seconds = Math.ceil(
    (60 * (han * WORDS_A_MINUTE + latin * HAN_A_MINUTE)) / (HAN_A_MINUTE * WORDS_A_MINUTE),
  );
  return { count: han + latin, seconds };
};

const filled = (sentence, count) => sentence.replace("%(count)d", count);

const inWords = ({ count, seconds }, { one, words, seconds: inSeconds, minutes }) => {
  if (!count) return "";
  const size = filled(count === 1 ? one : words, count);
  const time = seconds < 60 ? filled(inSeconds, seconds) : filled(minutes, Math.floor((seconds + 30) / 60));
  return `${size} · ${time}`;
};

document.addEventListener("input", ({ target }) => {
  const size = target.matches?.(".long-text textarea") && target.nextElementSibling;
  if (size) size.textContent = inWords(measure(target.value), size.dataset);
});
