"""What a release is asked for and does not hold as a file: answered from its twins alone.

There is a finished page for every text and for every change from one text to the next. Made when
asked for are the pages that would be too many to keep: any day, any two texts, a sheet to print.
None of it reads the database, so it works for as long as one web process and the release do.
"""
