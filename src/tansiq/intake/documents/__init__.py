"""Documents: from the bytes of any file that carries a report to text, with the pages and parts it has.

Foreign formats are read in a child process that has little memory, little time, no files and no network.
"""
