"""What stands between a page and its visitor: links, language, widgets, the bench, our browser components."""
