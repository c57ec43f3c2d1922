"""The figures of the desk, and what stands behind them."""

from django.urls import URLPattern, path

from annotations.views.desk import insights

urlpatterns: list[URLPattern] = [
    path("insights/", insights.bias, name="insights"),
    path("insights/bias.csv", insights.bias_csv, name="insights-csv"),
    path("insights/texts/", insights.texts, name="insight-texts"),
    path("insights/quotes/", insights.quotes, name="insight-quotes"),
    path("insights/quotes.csv", insights.quotes_csv, name="insight-quotes-csv"),
    path("insights/quotes/list/", insights.quotes_behind, name="insight-quote-list"),
    path("insights/verdicts/", insights.verdicts, name="insight-verdicts"),
    path("insights/verdicts.csv", insights.verdicts_csv, name="insight-verdicts-csv"),
    path("insights/verdicts/list/", insights.verdicts_behind, name="insight-verdict-list"),
    path("insights/suggestions/", insights.suggestions, name="insight-suggestions"),
    path("insights/suggestions.csv", insights.suggestions_csv, name="insight-suggestions-csv"),
    path("insights/suggestions/list/", insights.suggestions_behind, name="insight-suggestion-list"),
]
