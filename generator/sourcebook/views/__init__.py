"""What templates are given: frozen views, plain data, one module a kind of page.

A view holds no record of the archive and asks nothing of it: names are written out, dates are in
words, counts are counted. Its ``path``s run from the site's root; a template writes ``root`` before
them, so that a view that stands on many pages is made once. Texts that stand on many pages are
``Markup``, escaped once.
"""
