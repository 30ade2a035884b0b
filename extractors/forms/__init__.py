"""From cells and lines to the form's fields, by the wording of labels and never by position."""
