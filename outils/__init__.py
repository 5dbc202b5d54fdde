"""Scripts behind the Makefile: installing, training, checking, testing. Never imported by the product."""
