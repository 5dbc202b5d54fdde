"""The prescripteurs' space: guided lookup, sheets, links between dispositifs, examples of parcours."""
