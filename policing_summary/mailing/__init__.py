"""A list of recipients → their addresses on carriers, covers or labels, for the owner's eyes only.

    table (reading.py) → drafts (headings.py, drafts.py) → recipients, or faults (rules.py)
    → sorted and counted (sorting.py) → pages, a batch at a time (stamping.py) → output/mail

No fault, note or file name repeats a name or an address: these end up in terminals and logs.
"""
