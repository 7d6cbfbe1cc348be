"""One command runs the portal: prepare the data, start the programs, watch them, stop them."""
