"""One panel is one view and one presenter; a presenter needs no widgets."""
