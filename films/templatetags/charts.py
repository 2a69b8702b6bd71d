"""A chart on a page of the desk."""

from django import template
from django.utils.safestring import SafeString

from films.charts import Chart

register = template.Library()


@register.simple_tag
def drawing(chart: Chart) -> SafeString:
    # Every word in it was escaped by the chart's own writer.
    return SafeString(chart.svg)
