"""What the browser draws by itself: one folder for each component, plain JavaScript and CSS, no build step."""
