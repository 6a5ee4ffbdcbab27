"""The document commands of `casa`: inspect, compare, merge, clean, fill, fields.

They need no database and no Django. Files are opened in the jail only, as in the platform; this
side checks what the jail prints, and writes JSON, HTML and files.
"""
