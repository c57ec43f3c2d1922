// The badges of a sentence, as the server draws them (annotations/templatetags/layers.py), out of the marks' data.

import { phrases, spriteAddress } from "./marks.js";

const filled = (phrase, gaps) => phrase.replace(/%\((\w+)\)s/gu, (_whole, name) => gaps[name]);

function several(what, count, detail = "") {
  const { forms, places } = phrases()[what];
  return filled(forms[places[Math.min(count, places.length - 1)]], { count, detail: detail || phrases().unknown });
}

function nameOf(mark) {
  const { kinds, tones } = phrases();
  const parts = [mark.label];
  if (mark.layer === "claim") parts.push(filled(phrases().claim, { verdict: tones[mark.tone] }));
  else if (mark.layer === "bias") parts.push(filled(phrases().tag, { category: mark.category, severity: mark.severity }));
  else parts.push(filled(phrases().quote, { kind: kinds[mark.kind], name: mark.speaker.name || phrases().unknown }));
  if (mark.isSuggested) parts.push(phrases().suggested);
  if (mark.needsLook) parts.push(phrases().look);
  return parts.join(", ");
}

function classesOf(mark) {
  const suggested = mark.isSuggested ? " badge-suggested" : "";
  if (mark.layer === "claim") return `badge is-${mark.tone}${suggested}`;
  if (mark.layer === "bias") return `badge badge-bias${suggested}`;
  return `badge badge-voice voice-${mark.speaker.voice}${mark.kind === "direct" ? "" : " is-indirect"}${suggested}`;
}

const SVG = "http://www.w3.org/2000/svg";

function sign(name) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("class", "icon icon-s");
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("focusable", "false");
  drawn.appendChild(document.createElementNS(SVG, "use")).setAttribute("href", `${spriteAddress()}#i-${name}`);
  return drawn;
}

function badge(marks, sentence, { classes, text = "", icon = "", label }) {
  const link = document.createElement("a");
  link.href = `?mark=${marks[0].label}#${sentence}`;
  link.className = classes;
  link.setAttribute("aria-label", label);
  link.dataset.marks = marks.map((mark) => mark.label).join(" ");
  link.append(text, ...(icon ? [sign(icon)] : []));
  return link;
}

function voiceBadge(quotes, sentence) {
  const [first] = quotes;
  const { initials, name } = first.speaker;
  const isOne = quotes.length === 1;
  return badge(quotes, sentence, {
    classes: classesOf(first),
    text: isOne ? initials : `${initials} ${quotes.length}`,
    label: isOne ? nameOf(first) : several("quotes", quotes.length, name),
  });
}

function biasBadge(tags, sentence) {
  const severity = Math.max(...tags.map((tag) => tag.severity));
  const suggested = tags.every((tag) => tag.isSuggested) ? " badge-suggested" : "";
  return badge(tags, sentence, {
    classes: `badge badge-bias${suggested}`,
    text: tags.length === 1 ? "B" : String(tags.length),
    icon: `sev${severity}`,
    label: several("tags", tags.length, String(severity)),
  });
}

/** At most one badge for each voice, one for each claim, one for all bias, one for what needs a look. `marks` begin in
 *  the sentence and are in the order of the text. */
export function badgesOf(marks, sentence) {
  const voices = Map.groupBy(marks.filter((mark) => mark.layer === "quote"), (mark) => `${mark.speaker.voice} ${mark.speaker.name}`);
  const claims = marks.filter((mark) => mark.layer === "claim");
  const tags = marks.filter((mark) => mark.layer === "bias");
  const doubtful = marks.filter((mark) => mark.needsLook);
  return [
    ...[...voices.values()].map((quotes) => voiceBadge(quotes, sentence)),
    ...claims.map((claim) => badge([claim], sentence, {
      classes: classesOf(claim), text: claim.label, icon: claim.isSuggested ? "" : claim.tone, label: nameOf(claim),
    })),
    ...(tags.length ? [biasBadge(tags, sentence)] : []),
    ...(doubtful.length ? [badge(doubtful, sentence, {
      classes: "badge badge-look", icon: "look", label: several("doubtful", doubtful.length),
    })] : []),
  ];
}
