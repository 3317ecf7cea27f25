"""What only a browser can show: tests with a real Chromium against a really served app."""
