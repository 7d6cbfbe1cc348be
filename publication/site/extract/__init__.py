"""A procedure's public text as a sheet of paper: PDF made of the release's twin when asked for."""
