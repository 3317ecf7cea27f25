// Elements without innerHTML: text is always text.

const SVG = "http://www.w3.org/2000/svg";
const ASKED_EVERY = 1000; // milliseconds between two looks at the page's writing size: a look makes it compute all styles
let [size, asked] = [16, -Infinity];

// An element with properties (class, text, title, on…, anything else as attribute) and children.
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

// A picture of one path on a 24 × 24 field, hidden from screen readers (its button has the words).
export function icon(path) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  picture.append(line);
  return picture;
}

// Write only what changed: layout and screen readers then have nothing to do.
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function label(node, text) {
  if (node.getAttribute("aria-label") !== text) node.setAttribute("aria-label", text);
}

// Keep `root` invisible (but in its place) until the component's stylesheet is there.
export function revealStyled(parent, root) {
  const link = parent.querySelector("link[rel=stylesheet]");
  if (!link || whole(link.sheet)) return;
  root.style.visibility = "hidden";
  const show = () => {
    root.style.visibility = "";
    root.dispatchEvent(new Event("styled")); // what was drawn until now went by widths that nothing had set
  };
  link.addEventListener("load", show, { once: true });
  link.addEventListener("error", show, { once: true });
}

// Whether a style sheet is there, and all that it imports: before that, nothing of it counts.
function whole(sheet) {
  return sheet && [...sheet.cssRules].every((rule) => !(rule instanceof CSSImportRule) || rule.styleSheet);
}

// Let what scrolls sideways fade out where there is more of it to see. Returns what looks again, once something else stands in it.
export function showMore(node) {
  const look = () => node.classList.toggle("goes-on", node.scrollLeft + node.clientWidth < node.scrollWidth - 1);
  node.addEventListener("scroll", look, { passive: true });
  return look;
}

// The drawing context of a canvas in CSS pixels, sized for the screen's own dots; cleared.
export function sharpContext(canvas, width, height) {
  const dots = window.devicePixelRatio || 1;
  const [columns, rows] = [Math.round(width * dots), Math.round(height * dots)];
  if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
  const context = canvas.getContext("2d");
  context.setTransform(dots, 0, 0, dots, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

// Lay a path through points [[x, y], …]; where one is null, there is a hole.
export function through(context, points) {
  context.beginPath();
  let open = false;
  for (const point of points) {
    if (point && open) context.lineTo(...point);
    else if (point) context.moveTo(...point);
    open = Boolean(point);
  }
}

// Pixels in one rem: canvases follow the page's writing size.
export function rem() {
  const now = performance.now();
  if (now > asked + ASKED_EVERY) {
    asked = now;
    size = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  }
  return size;
}
