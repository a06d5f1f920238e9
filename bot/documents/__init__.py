"""Files that leave the house: printed slips as encrypted PDF. The only room that knows a file format."""
