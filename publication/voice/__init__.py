"""What citizens say to the portal: reports of mistakes, and which news they want by mail.

Public code: it reads listings and writes what was sent; it has no path to register texts.
"""
