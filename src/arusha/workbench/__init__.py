"""The web site in which people look, explain and consult under rules that the program enforces. See docs/workbench.md.

Needs the extra ``workbench``; nothing else imports it.
"""
