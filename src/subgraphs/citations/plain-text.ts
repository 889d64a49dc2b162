/** The markup that citation-js makes of LaTeX. */
const MARKUP = /<\/?(?:i|b|sup|sub)>|<span (?:class="nocase"|style="font-variant:small-caps;")>|<\/span>/g;

/** Text of a CSL item without markup and without LaTeX commands that nothing is known of; runs of white space and control characters become one space. */
export const plainText = (text: string): string =>
  text
    .replace(MARKUP, "")
    .replace(/\\[A-Za-z]+\s*/g, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
