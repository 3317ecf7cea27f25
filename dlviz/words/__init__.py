"""Every word on screen, in English and Chinese, and the table of pages."""
