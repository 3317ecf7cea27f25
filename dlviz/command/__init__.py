"""The command line: the same experiments as on the pages, for those who live in a shell."""
