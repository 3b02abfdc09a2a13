"""Our side of the process wall: children are started, asked, watched and stopped here."""
