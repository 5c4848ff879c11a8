// Finds visible elements by role and accessible name, as a screen reader would: arguments are the role,
// the name (exact, or "~part"), and a selector to stay within. A small subset of the accname rules, which is what
// this app's own markup uses; axe-core checks in its own test that the names are right.
const [role, wanted, within] = arguments;
const implicit = {
  button: "button, summary, input[type=submit], input[type=button]",
  link: "a[href]",
  heading: "h1, h2, h3, h4",
  textbox: "input:not([type]), input[type=text], input[type=search], input[type=number], input[type=password], textarea",
  searchbox: "input[type=search]",
  checkbox: "input[type=checkbox]",
  radio: "input[type=radio]",
  combobox: "select",
  row: "tr",
  cell: "td",
  table: "table",
  dialog: "dialog",
  navigation: "nav",
  main: "main",
  img: "img",
  mark: "mark",
  region: "section[aria-label], section[aria-labelledby]",
  list: "ul, ol",
  listitem: "li",
};
const hidden = (node) => {
  for (let at = node; at && at.nodeType === 1; at = at.parentElement) {
    if (at.hidden || at.inert || at.getAttribute("aria-hidden") === "true") return true;
    const style = getComputedStyle(at);
    if (style.display === "none" || style.visibility === "hidden") return true;
  }
  return false;
};
const words = (node) => {
  if (node.nodeType === 3) return node.textContent;
  if (node.nodeType !== 1 || node.getAttribute("aria-hidden") === "true") return "";
  const label = node.getAttribute("aria-label");
  if (label) return label;
  if (node.tagName === "IMG") return node.alt;
  const style = getComputedStyle(node);
  if (style.display === "none") return "";
  const inner = [...node.childNodes].map(words).join("");
  return style.display.startsWith("inline") ? inner : ` ${inner} `;
};
const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const name = (node) => {
  const by = node.getAttribute("aria-labelledby");
  if (by) return squeeze(by.split(/\s+/).map((id) => { const at = document.getElementById(id); return at ? words(at) : ""; }).join(" "));
  const label = node.getAttribute("aria-label");
  if (label) return squeeze(label);
  if (node.labels && node.labels.length) return squeeze([...node.labels].map(words).join(" "));
  const fromContent = squeeze(words(node));
  if (fromContent && !/^(INPUT|SELECT|TEXTAREA)$/.test(node.tagName)) return fromContent;
  return squeeze(node.getAttribute("title") || node.getAttribute("placeholder"));
};
const root = within ? document.querySelector(within) : document;
if (!root) return [];
const selector = [`[role="${role}"]`, ...(implicit[role] ? [implicit[role]] : [])].join(", ");
return [...root.querySelectorAll(selector)].filter((node) => {
  const own = node.getAttribute("role");
  if (own && own !== role) return false;
  if (hidden(node)) return false;
  if (wanted === null) return true;
  const is = name(node);
  return wanted.startsWith("~") ? is.includes(wanted.slice(1)) : is === wanted;
});
