"""The drawers of a page on a phone, which hold its controls."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def open_drawer(page: Page, name: str) -> None:
    """Open the drawer of this name (dashes for dots: "activations-depth") and wait until it is."""
    handle = page.locator(f".st-key-handle-{name} button")
    if handle.get_attribute("aria-expanded") == "false":
        handle.click()
    expect(page.locator(f".st-key-drawer-{name}")).to_be_visible()
