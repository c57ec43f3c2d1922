"""Every address of the desk. What an app shows is listed in the app; here it gets its place."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from newsdesk import hookviews, views

urlpatterns = [
    path("in/<str:key>/", views.sign_in_by_link, name="sign_in_by_link"),
    path("account/", views.account, name="account"),
    path("account/appearance/", views.change_appearance, name="change_appearance"),
    path("account/keys/", views.keys, name="keys"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<uuid:uid>/revoke/", views.revoke, name="revoke_token"),
    path("account/web-hooks/", hookviews.web_hooks, name="web_hooks"),
    path("account/web-hooks/<uuid:uid>/end/", hookviews.end_web_hook, name="end_web_hook"),
    path("account/web-hooks/deliveries/<uuid:uid>/anew/", hookviews.send_delivery_anew, name="send_delivery_anew"),
    # Addresses are written down by whoever invites; the account page shows one's own.
    path("accounts/email/", RedirectView.as_view(pattern_name="account")),
    path("accounts/confirm-email/", RedirectView.as_view(pattern_name="account")),
    path("accounts/", include("allauth.urls")),
    # asked for by browsers on pages that are not ours to dress, such as the administration
    path("favicon.ico", RedirectView.as_view(url=static("favicon.svg"))),
    path("admin/", admin.site.urls),
    path("api/", include("newsdesk.api.urls")),
    path("", include("articles.urls")),
    path("", include("annotations.urls")),
]
