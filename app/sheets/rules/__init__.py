"""Pure rules of spreadsheets: which columns a file has, what a cell may hold, what a row means."""
