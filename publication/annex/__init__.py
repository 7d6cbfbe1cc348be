"""Reading a decision's annex from its file: tables, columns, headings, rows, matches."""
