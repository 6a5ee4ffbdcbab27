"""The names of bodies with their article, in templates."""

from django import template

from casa.registry import words

register = template.Library()
register.filter("of_body", words.of_body)
register.filter("to_body", words.to_body)
register.filter("for_body", words.for_body)
register.filter("for_wanted", words.for_wanted)
